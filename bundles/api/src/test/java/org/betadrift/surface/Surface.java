package org.betadrift.surface;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One package as others see it: a line for every public or protected type and member, in an order that does not depend on the
 * machine. Each begins with the type, so that a changed line says all by itself.
 */
final class Surface {
    private Surface() { }

    static List<String> of(Path classes, String packageName, String version) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(classes.resolve(packageName.replace('.', '/')))) {
            files = all.filter(file -> file.toString().endsWith(".class") && !file.endsWith("package-info.class")).sorted().toList();
        }
        List<String> lines = new ArrayList<>(List.of("package " + packageName + " " + version));
        for (Path file : files) {
            Class<?> type = load(packageName + "." + file.getFileName().toString().replace(".class", ""));
            if (isOffered(type)) {
                Stream<String> header = Stream.of(declaration(type) + annotations(type, Files.readAllBytes(file)));
                Stream<String> members = members(type).map(member -> member.replace(packageName + ".", "")).sorted();
                Stream.concat(header, members).forEach(line -> lines.add(Names.of(type) + ": " + line));
            }
        }
        return lines;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Surface.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isOffered(Class<?> type) {
        boolean enclosing = type.getEnclosingClass() == null || isOffered(type.getEnclosingClass());
        return enclosing && !type.isAnonymousClass() && !type.isLocalClass() && !type.isSynthetic() && isOffered(type.getModifiers());
    }

    private static boolean isOffered(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static Stream<String> members(Class<?> type) {
        Stream<String> fields = Stream.of(type.getDeclaredFields()).filter(Surface::isOffered).map(Members::field);
        Stream<String> constructors = Stream.of(type.getDeclaredConstructors()).filter(Surface::isOffered).map(Members::constructor);
        Stream<String> methods = Stream.of(type.getDeclaredMethods()).filter(Surface::isOffered).map(Members::method);
        return Stream.of(fields, constructors, methods).flatMap(all -> all);
    }

    private static boolean isOffered(Member member) {
        return !member.isSynthetic() && isOffered(member.getModifiers());
    }

    private static String declaration(Class<?> type) {
        String kind = type.isAnnotation() ? "@interface" : type.isInterface() ? "interface" : type.isEnum() ? "enum"
                : type.isRecord() ? "record" : "class";
        String modifiers = kind.equals("class") ? Names.modifiers(type.getModifiers()) : ""; // the others' are always the same
        boolean plain = !kind.equals("class") || type.getSuperclass() == Object.class;
        List<String> interfaces = Arrays.stream(type.getGenericInterfaces()).filter(i -> i != Annotation.class).map(Names::of).toList();
        return modifiers + kind + Names.parameters(type.getTypeParameters()) + components(type) + constants(type)
                + (plain ? "" : " extends " + Names.of(type.getGenericSuperclass()))
                + (interfaces.isEmpty() ? "" : " implements " + String.join(", ", interfaces)) + (type.isSealed() ? " sealed" : "");
    }

    /** In order: it is the constructor's. */
    private static String components(Class<?> type) {
        return !type.isRecord() ? "" : Arrays.stream(type.getRecordComponents()).map(c -> Names.of(c.getGenericType()) + " " + c.getName())
                .collect(Collectors.joining(", ", " (", ")"));
    }

    /** In order: it is compareTo's. */
    private static String constants(Class<?> type) {
        return !type.isEnum() ? "" : Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>) c).name())
                .collect(Collectors.joining(", ", " {", "}"));
    }

    /** Those that decide who may implement it are in the class file only; the others are plain reflection. */
    private static String annotations(Class<?> type, byte[] bytes) {
        String constants = new String(bytes, StandardCharsets.ISO_8859_1);
        Stream<String> versioning = Stream.of("ConsumerType", "ProviderType")
                .filter(a -> constants.contains("Lorg/osgi/annotation/versioning/" + a + ";"));
        Stream<String> visible = Arrays.stream(type.getDeclaredAnnotations()).map(Object::toString);
        return Stream.concat(versioning.map(a -> "@" + a), visible).map(a -> " " + a).sorted().collect(Collectors.joining());
    }
}
