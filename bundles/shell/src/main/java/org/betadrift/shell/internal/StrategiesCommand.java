package org.betadrift.shell.internal;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.betadrift.run.StrategyInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code strategies}: the services present. */
@Command(name = "strategies", description = "Lists the strategies present, by role, best ranking first.")
final class StrategiesCommand implements Callable<Integer> {
    private final Services services;
    private final PrintStream out;

    @Mixin
    private HelpOption help;

    StrategiesCommand(Services services, PrintStream out) {
        this.services = services;
        this.out = out;
    }

    @Override
    public Integer call() {
        Columns columns = new Columns().row("Role", "Name", "Options", "Bundle", "Version", "Ranking", "Description");
        for (StrategyInfo s : services.exposures().strategies()) {
            columns.row(s.role(), s.name(), String.join(" ", s.options()), s.bundle(), s.version(), s.ranking(), s.description());
        }
        columns.print(out);
        return Commands.DONE;
    }
}
