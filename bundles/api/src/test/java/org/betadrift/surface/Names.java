package org.betadrift.surface;

import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Types and modifiers as a reader wants them: Java's own types short, ours full. */
final class Names {
    private Names() { }

    static String of(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    static String of(Type type) {
        return type.getTypeName().replace('$', '.').replaceAll("\\bjava\\.[a-z.]+\\.(?=[A-Z])", "");
    }

    static String parameters(TypeVariable<?>[] variables) {
        return variables.length == 0 ? "" : Arrays.stream(variables).map(Names::parameter).collect(Collectors.joining(", ", "<", ">"));
    }

    private static String parameter(TypeVariable<?> variable) {
        String bounds = Arrays.stream(variable.getBounds()).filter(bound -> bound != Object.class).map(Names::of)
                .collect(Collectors.joining(" & "));
        return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
    }

    /** Only those that matter to others. */
    static String modifiers(int modifiers) {
        int relevant = modifiers & (Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL);
        return relevant == 0 ? "" : Modifier.toString(relevant) + " ";
    }
}
