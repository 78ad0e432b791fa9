package org.betadrift.shell.internal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** How Gogo takes a command: its text is the result, an error is an exception whose message is the one line. */
final class Gogo {
    /** A command line on two streams. */
    interface Execution {
        int execute(PrintStream out, PrintStream err, String... args);
    }

    private Gogo() { }

    /** @throws IllegalArgumentException the command failed */
    static String run(Execution execution, String... nameAndArguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = execution.execute(new PrintStream(out, false, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
                nameAndArguments);
        if (code != Commands.DONE) {
            throw new IllegalArgumentException(err.toString(StandardCharsets.UTF_8).strip());
        }
        return out.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
