package org.betadrift.shell.internal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.betadrift.run.StrategyInfo;
import picocli.CommandLine.Command;

/** {@code strategies}: the services present. */
@Command(name = "strategies", description = "Lists the strategies present, by role, best ranking first.")
final class StrategiesCommand implements Callable<Integer> {
    private final Services services;
    private final PrintStream out;

    StrategiesCommand(Services services, PrintStream out) {
        this.services = services;
        this.out = out;
    }

    @Override
    public Integer call() {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"Role", "Name", "Options", "Bundle", "Version", "Ranking", "Description"});
        for (StrategyInfo s : services.exposures().strategies()) {
            rows.add(new String[] {s.role(), s.name(), String.join(" ", s.options()), s.bundle(), s.version(),
                String.valueOf(s.ranking()), s.description()});
        }
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int c = 0; c < columns - 1; c++) {
                widths[c] = Math.max(widths[c], row[c].length());
            }
        });
        rows.forEach(row -> {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                line.append(c == columns - 1 ? row[c] : String.format(Locale.ROOT, "%-" + (widths[c] + 2) + "s", row[c]));
            }
            out.println(line.toString().stripTrailing());
        });
        return 0;
    }
}
