package org.betadrift.it.felix;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntBiFunction;

/** The command line service of a running framework, by JDK types only, as the launcher meets it. */
final class CommandLine {
    /** What a command did. */
    record Outcome(int code, String out, String err) { }

    private final ToIntBiFunction<String[], PrintStream[]> service;

    @SuppressWarnings("unchecked") // the type parameters of a service are a convention
    CommandLine(Felix felix) throws Exception {
        service = felix.service(ToIntBiFunction.class, "(betadrift.role=command-line)");
    }

    Outcome run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = service.applyAsInt(args, new PrintStream[] {
            new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8)});
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
