package org.betadrift.it.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One table a task, in Markdown. */
final class Tables {
    /**
     * ns a date of the textbook's order of operations, where each waits for the one before: 22 + 8 K cycles of 4 for a
     * multiply-add and 14 for a division, at 3.6 GHz.
     */
    private static final Map<Case, Double> LATENCY = Map.of(Case.A, 11.8, Case.T5, 18.5, Case.T10, 29.7);

    private final Scores scores;

    Tables(Scores scores) {
        this.scores = scores;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (Task task : Task.values()) {
            text.append("\n| ").append(task.title).append(" | case | us a call | ns a date | latency bound | times ours (spread) | bytes a date |\n");
            text.append("|---|---|---|---|---|---|---|\n");
            for (Case one : Case.values()) {
                for (Contestant contestant : Contestant.values()) {
                    if (contestant.task == task) {
                        text.append(row(one, contestant));
                    }
                }
            }
        }
        return text.toString();
    }

    private String row(Case one, Contestant contestant) {
        double time = scores.time(one, contestant);
        return String.format(Locale.ROOT, "| %s | %s: K=%d, %d dates | %.2f | %.1f | %s | %s | %.1f |%n", contestant.title, one, one.states, one.dates,
                time / 1e3, time / one.dates, contestant.task == Task.SMOOTHER ? "" : LATENCY.get(one), ratio(one, contestant),
                scores.bytes(one, contestant) / one.dates);
    }

    private String ratio(Case one, Contestant contestant) {
        if (contestant == contestant.rival()) {
            return "1";
        }
        List<Double> ratios = scores.ratios(one, contestant);
        return String.format(Locale.ROOT, "%.1f (%.1f to %.1f)", Scores.median(ratios), ratios.get(0), ratios.get(ratios.size() - 1));
    }
}
