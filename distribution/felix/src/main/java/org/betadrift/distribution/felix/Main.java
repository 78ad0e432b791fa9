package org.betadrift.distribution.felix;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Starts the framework, hands the arguments to the service that is the command line, and ends with its exit code.
 *
 * <p>The service is a {@code java.util.function.ToIntBiFunction<String[], PrintStream[]>} with the property
 * {@code betadrift.role=command-line}; it gets the arguments and two streams, output and error. These are JDK types, so the launcher shares
 * no class with the bundles. The output is buffered: a command that wants to be read before its end must flush.
 */
public final class Main {

    /** Names the folder of the distribution; bin/betadrift sets it. */
    static final String HOME = "betadrift.home";

    private static final int FAILED = 1;

    private Main() {}

    public static void main(String[] args) {
        // Felix formats version numbers, and would do so in the digits of the user's language.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        WatchedStream stdout = new WatchedStream(new FileOutputStream(FileDescriptor.out));
        PrintStream out = new PrintStream(new BufferedOutputStream(stdout, 1 << 16), false, StandardCharsets.UTF_8);
        System.setErr(err);
        // Felix and SCR log on System.out; standard output belongs to the result alone.
        System.setOut(err);

        int code = run(args, out, err);
        out.flush();
        if (stdout.failure() != null) {
            String reason = OneLine.of(String.valueOf(stdout.failure().getMessage()));
            // A reader that has seen enough, such as head, is no news.
            if (!reason.equals("Broken pipe")) {
                err.println("betadrift: cannot write standard output: " + reason);
            }
            code = code == 0 ? FAILED : code;
        }
        // Ends threads too that a command or a bundle left behind.
        System.exit(code);
    }

    private static int run(String[] args, PrintStream out, PrintStream err) {
        String folder = System.getProperty(HOME);
        if (folder == null) {
            err.println("betadrift: -D" + HOME + " is not set; start by bin/betadrift");
            return FAILED;
        }
        try {
            Home home = new Home(Path.of(folder));
            home.configureLogging();
            try (Container container = Container.start(home, TemporaryFolder.create())) {
                var commandLine = container.commandLine();
                container.failures().forEach(failure -> err.println("betadrift: warning: " + failure));
                return commandLine.applyAsInt(args, new PrintStream[] {out, err});
            }
        } catch (StartException e) {
            err.println("betadrift: " + OneLine.of(e.getMessage()));
        } catch (OutOfMemoryError e) {
            err.println("betadrift: out of memory: give Java more by JAVA_OPTS=-Xmx4g, or read less");
        } catch (RuntimeException | LinkageError e) {
            // The command line reports its own errors; what arrives here is a fault of the program.
            err.println("betadrift: internal error: " + OneLine.of(e.toString()));
            if (List.of(args).contains("--verbose")) {
                e.printStackTrace(err);
            }
        }
        return FAILED;
    }
}
