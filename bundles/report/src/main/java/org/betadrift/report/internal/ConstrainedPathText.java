package org.betadrift.report.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.filter.Interval;
import org.betadrift.filter.PathResult;
import org.betadrift.run.ExposureRun;

/** The path under every constraint: its exposures, how good it is, and which dates would pay most to be released. */
final class ConstrainedPathText {
    private static final int MOST = 5;
    /** Of its largest price: less is rounding. */
    private static final double BINDS = 1e-6;
    /** Of an exposure: less is rounding. */
    private static final double ZERO = 1e-10;

    private final PathResult path;
    private final int burnIn;
    private final List<String> names;
    private final boolean limited;

    ConstrainedPathText(ExposureRun run, PathResult path) {
        this.path = path;
        this.burnIn = run.filter().options().burnIn();
        this.names = new ConstraintNames(path.model(), run.sample()).all();
        this.limited = path.model().constraints().stream().anyMatch(row -> !row.isEquality());
    }

    void write(Page page) {
        if (path.causal().isPresent()) {
            page.heading("Exposures under the constraints (posterior mode, causal: given the dates up to each)")
                    .body(new PathTable(path.causal().get(), burnIn, ZERO, List.of(), k -> List.of()).lines());
        }
        page.heading("Exposures under the constraints (posterior mode given every date, never causal)").body(whole());
        page.body(List.of("")).body(notes());
        if (!names.isEmpty()) {
            page.heading("Shadow prices: log posterior density gained per unit by which a constraint is released on one date").body(prices());
        }
    }

    private List<String> whole() {
        if (path.draws().isEmpty()) {
            return new PathTable(path.mode(), burnIn, ZERO, List.of(), k -> List.of()).lines();
        }
        int last = path.sample().periods() - 1;
        return new PathTable(path.mode(), burnIn, ZERO, List.of("90 % from", "to"), k -> {
            Interval band = path.band(last, k, JsonPath.LEVEL);
            return List.of(Numbers.decimals(band.lower()), Numbers.decimals(band.upper()));
        }).lines();
    }

    private List<String> notes() {
        List<String> lines = new ArrayList<>();
        path.draws().ifPresent(draws -> sentence(lines, "The 90 % bands, of the last date, are quantiles of the truncated posterior: " + draws.draws()
                + " draws, on every date worth " + Math.round(JsonPath.leastEffectiveDraws(path)) + " independent ones or more. They take Q and R for true."
                + (limited ? " A mode on a limit may lie outside of them." : "")));
        sentence(lines, "Optimal to " + Numbers.significant(path.kktResidual()) + " (KKT residual), largest violation "
                + Numbers.significant(path.violation()) + ", in " + Words.count(path.iterations(), "sweep") + ".");
        if (limited) {
            sentence(lines, "The inequalities cost " + Numbers.significant(path.logDensityGivenUp()) + " of log posterior density.");
            sentence(lines, "The filtered exposures above know the equalities only.");
        }
        return lines;
    }

    private static void sentence(List<String> lines, String words) {
        lines.addAll(Words.wrap(List.of(words.split(" ")), " ", Page.BODY));
    }

    /** A row a constraint, those that never bind together. */
    private List<String> prices() {
        TextTable table = new TextTable().left("Constraint").right("Dates").left("Most on");
        List<String> idle = new ArrayList<>();
        List<String> soft = new ArrayList<>();
        int rows = 0;
        for (int c = 0; c < names.size(); c++) {
            int[] dates = binding(c);
            if (path.model().constraints().get(c).tolerance() > 0) {
                soft.add(names.get(c));
            } else if (dates.length == 0) {
                idle.add(names.get(c));
            } else {
                rows++;
                most(table, c, dates);
            }
        }
        List<String> lines = new ArrayList<>(rows == 0 ? List.of() : table.lines());
        note(lines, "Nothing is to be gained from", idle);
        note(lines, "No price is worked out of what has a tolerance:", soft);
        return lines;
    }

    private static void note(List<String> lines, String what, List<String> names) {
        if (!names.isEmpty()) {
            lines.addAll(Words.wrap(List.of((what + " " + String.join(", ", names) + ".").split(" ")), " ", Page.BODY));
        }
    }

    /** Dates by price, the largest first; an equality's may have either sign. */
    private int[] binding(int c) {
        double largest = IntStream.range(0, path.sample().periods()).mapToDouble(t -> Math.abs(path.shadowPrice(t, c))).max().orElse(0);
        return IntStream.range(Math.min(burnIn, path.sample().periods()), path.sample().periods()).filter(t -> Math.abs(path.shadowPrice(t, c)) > BINDS * largest).boxed()
                .sorted(Comparator.comparingDouble(t -> -Math.abs(path.shadowPrice(t, c)))).mapToInt(t -> t).toArray();
    }

    private void most(TextTable table, int c, int[] dates) {
        double first = path.shadowPrice(dates[0], c);
        if (dates.length == path.sample().periods() - Math.min(burnIn, path.sample().periods()) && dates.length > 1
                && Arrays.stream(dates).allMatch(t -> Math.abs(path.shadowPrice(t, c) - first) <= BINDS * Math.abs(first))) {
            table.row(names.get(c), String.valueOf(dates.length), "every date alike: " + Numbers.significant(first));
            return;
        }
        List<String> most = IntStream.range(0, Math.min(MOST, dates.length)).mapToObj(i -> dated(dates[i], c)).toList();
        int width = names.stream().mapToInt(TextTable::length).max().orElse(0);
        List<String> lines = Words.wrap(most, ", ", Page.BODY - width - "  Dates  ".length() - 2);
        table.row(names.get(c), String.valueOf(dates.length), lines.get(0));
        lines.subList(1, lines.size()).forEach(line -> table.row("", "", line));
    }

    private String dated(int t, int c) {
        LocalDate date = path.sample().date(t);
        return date + ": " + Numbers.significant(path.shadowPrice(t, c));
    }
}
