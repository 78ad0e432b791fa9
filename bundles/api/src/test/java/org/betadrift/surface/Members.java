package org.betadrift.surface;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A member in one line, close to Java. */
final class Members {
    private Members() { }

    /** With its value where the compiler copies it into its users. */
    static String field(Field field) {
        return Names.modifiers(field.getModifiers()) + Names.of(field.getGenericType()) + " " + field.getName() + value(field);
    }

    private static String value(Field field) {
        boolean copied = Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers())
                && (field.getType().isPrimitive() || field.getType() == String.class);
        try {
            return copied ? " = " + literal(field.get(null)) : "";
        } catch (IllegalAccessException e) {
            return " = ?";
        }
    }

    static String constructor(Constructor<?> constructor) {
        return Names.modifiers(constructor.getModifiers()) + "new" + signature(constructor);
    }

    static String method(Method method) {
        int modifiers = method.getModifiers() & ~(method.getDeclaringClass().isInterface() && !method.isDefault() ? Modifier.PUBLIC : 0);
        String parameters = Names.parameters(method.getTypeParameters());
        return (method.isDefault() ? "default " : "") + Names.modifiers(modifiers) + (parameters.isEmpty() ? "" : parameters.strip() + " ")
                + Names.of(method.getGenericReturnType()) + " " + method.getName() + signature(method)
                + (method.getDefaultValue() == null ? "" : " default " + literal(method.getDefaultValue()));
    }

    private static String literal(Object value) {
        if (value instanceof String) {
            return "\"" + value + "\"";
        }
        return value instanceof Object[] several ? Arrays.toString(several) : String.valueOf(value);
    }

    private static String signature(Executable member) {
        String parameters = Arrays.stream(member.getGenericParameterTypes()).map(Names::of).collect(Collectors.joining(", ", "(", ")"));
        String varied = member.isVarArgs() ? parameters.replaceAll("\\[]\\)$", "...)") : parameters;
        String thrown = Arrays.stream(member.getGenericExceptionTypes()).map(Names::of).sorted().collect(Collectors.joining(", "));
        return varied + (thrown.isEmpty() ? "" : " throws " + thrown);
    }
}
