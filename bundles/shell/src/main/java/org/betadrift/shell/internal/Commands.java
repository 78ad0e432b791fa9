package org.betadrift.shell.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import org.betadrift.model.BetadriftException;
import org.betadrift.model.InvalidInputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line: text on {@code out}, one line on {@code err} where it fails, an exit code. Stateless but for its services. */
final class Commands {
    /** Done. */
    static final int DONE = 0;
    /** The estimation failed. */
    static final int FAILED = 1;
    /** The input or the command line is wrong. */
    static final int WRONG_INPUT = 2;

    private final Services services;

    Commands(Services services) {
        this.services = services;
    }

    /** The root: nothing of its own but {@code --verbose}. */
    @Command(name = "betadrift", description = "Time-varying factor exposures by linear Gaussian state-space models.",
            subcommands = HelpCommand.class, synopsisSubcommandLabel = "COMMAND")
    private static final class Root implements Runnable {
        @picocli.CommandLine.Spec
        private CommandSpec spec;

        @Mixin
        private HelpOption help;

        @Option(names = "--verbose", scope = CommandLine.ScopeType.INHERIT, description = "Show the stack trace of an error.")
        private boolean verbose;

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "no command given, choose one of "
                    + String.join(", ", spec.subcommands().keySet()));
        }
    }

    int execute(PrintStream out, PrintStream err, String... args) {
        return execute(out, err, List.of(new DemoCommand(services, out), new EstimateCommand(services, out), new StrategiesCommand(services, out),
                new RunsCommand(services, out), new CompareRunsCommand(services, out)), args);
    }

    /** @param commands picocli's, each with a name of its own */
    static int execute(PrintStream out, PrintStream err, List<?> commands, String... args) {
        Root root = new Root();
        CommandLine line = new CommandLine(root);
        commands.forEach(line::addSubcommand);
        line.setExpandAtFiles(false); // an argument that begins with @ is an argument
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .setUsageHelpWidth(110).setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setParameterExceptionHandler((e, ignored) -> failed(err, WRONG_INPUT, message(e), e, root.verbose))
                .setExecutionExceptionHandler((e, command, result) -> failed(err, e, root.verbose));
        int code = line.execute(args);
        out.flush();
        return code;
    }

    private static int failed(PrintStream err, Exception e, boolean verbose) {
        if (e instanceof InvalidInputException) {
            return failed(err, WRONG_INPUT, e.getMessage(), e, verbose);
        }
        if (e instanceof BetadriftException) {
            return failed(err, FAILED, e.getMessage(), e, verbose);
        }
        if (e instanceof IOException) {
            return failed(err, WRONG_INPUT, "can't write the result: " + e.getMessage(), e, verbose);
        }
        return failed(err, FAILED, "internal error, please report it with the output of --verbose: " + e, e, verbose);
    }

    private static int failed(PrintStream err, int code, String message, Exception e, boolean verbose) {
        err.println("betadrift: " + message.replaceAll("\\s*\\R\\s*", " "));
        if (verbose) {
            e.printStackTrace(err);
        }
        err.flush();
        return code;
    }

    /** Of picocli's suggestions the one that begins most like what was written: it says --initial to --inital. */
    private static int shared(String suggestion, String written) {
        int n = 0;
        while (n < Math.min(suggestion.length(), written.length()) && suggestion.charAt(n) == written.charAt(n)) {
            n++;
        }
        return n;
    }

    /** picocli's own words, with what to do. */
    private static String message(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String help = "see betadrift help" + (command.equals("betadrift") ? "" : command.substring("betadrift".length()));
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            String argument = unmatched.getUnmatched().get(0);
            String what = argument.startsWith("-") ? "option " : command.equals("betadrift") ? "command " : "argument ";
            return "unknown " + what + argument + ": " + near.stream().max(Comparator.comparingInt(name -> shared(name, argument))).map(name -> "did you mean " + name + "? ").orElse("")
                    + help;
        }
        if (e instanceof OverwrittenOptionException overwritten) {
            return "option " + ((CommandLine.Model.OptionSpec) overwritten.getOverwritten()).longestName() + " is given twice: give it once";
        }
        return e.getMessage().replaceFirst("\\.$", "") + ": " + help;
    }
}
