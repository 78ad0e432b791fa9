package org.betadrift.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.model.Noise;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Vintage;

/** The estimations of a point-in-time run, a line each, and what they found as far as there is room. */
final class VintagesText {
    private static final int LINES = 12;

    private final ExposureRun run;
    private final List<Vintage> shown;

    VintagesText(ExposureRun run) {
        this.run = run;
        shown = run.vintages().subList(Math.max(0, run.vintages().size() - LINES), run.vintages().size());
    }

    /** {@code point in time, 3 vintages}, and when. */
    String summary() {
        List<Vintage> all = run.vintages();
        return Words.count(all.size(), "vintage") + ", as of " + all.get(0).asOf() + (all.size() == 1 ? "" : " to " + all.get(all.size() - 1).asOf())
                + "; each serves the dates after it";
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        List<Integer> states = states();
        while (!states.isEmpty() && table(states).width() > Page.BODY) {
            states.remove(states.size() - 1);
        }
        lines.addAll(table(states).lines());
        List<String> left = new ArrayList<>();
        if (shown.size() < run.vintages().size()) {
            left.add(Words.count(run.vintages().size() - shown.size(), "earlier vintage"));
        }
        if (states.size() < run.sample().states().count()) {
            left.add("Q of " + Words.count(run.sample().states().count() - states.size(), "state"));
        }
        if (!left.isEmpty()) {
            lines.add("The json report has the rest: " + Words.and(left) + ".");
        }
        lines.addAll(failed());
        return lines;
    }

    private List<String> failed() {
        List<String> dates = run.vintages().stream().filter(v -> v.convergence().filter(r -> !r.converged()).isPresent())
                .map(v -> v.asOf().toString()).toList();
        return dates.isEmpty() ? List.of()
                : Words.wrap(List.of(("Not converged: " + String.join(", ", dates)).split(" ")), " ", Page.BODY);
    }

    /** Those with a column; of several targets none that never moves. */
    private List<Integer> states() {
        boolean all = run.sample().targets().size() == 1;
        return new ArrayList<>(IntStream.range(0, run.sample().states().count()).filter(k -> all || shown.stream()
                .anyMatch(v -> !v.model().stateNoise().isConstant() || v.model().stateNoise().at(0).variance(k) > 0)).boxed().toList());
    }

    private TextTable table(List<Integer> states) {
        boolean maximised = run.vintages().stream().anyMatch(v -> v.convergence().isPresent());
        boolean oneTarget = run.sample().targets().size() == 1;
        TextTable text = new TextTable().left("As of").left("Serves from").left("to");
        if (oneTarget) {
            text.right("R");
        }
        for (int k : states) {
            text.right("Q[" + run.sample().states().texts().get(k) + "]");
        }
        if (maximised) {
            text.left("Converged");
        }
        for (Vintage v : shown) {
            List<String> row = new ArrayList<>(List.of(v.asOf().toString(), v.from().toString(), v.to().toString()));
            if (oneTarget) {
                row.add(variance(v.model().observationNoise(), 0));
            }
            for (int k : states) {
                row.add(variance(v.model().stateNoise(), k));
            }
            if (maximised) {
                row.add(converged(v.convergence()));
            }
            text.row(row);
        }
        return text;
    }

    private static String variance(Noise noise, int i) {
        return noise.isConstant() ? Numbers.significant(noise.at(0).variance(i)) : "by date";
    }

    private static String converged(Optional<ConvergenceRecord> record) {
        return record.map(r -> r.converged() ? "yes" : "no").orElse("-");
    }
}
