package org.betadrift.it.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;

/** What fitters took and found, in Markdown. */
final class FitTable {
    private record Key(Funds funds, Fitter fitter) { }

    private final Map<Key, List<Double>> times = new HashMap<>(); // processor ns a case, of a round's fastest iteration
    private final Map<Key, String> found = new HashMap<>();

    /** A round of one case. */
    void add(Collection<RunResult> results) {
        for (RunResult result : results) {
            Key key = new Key(Funds.valueOf(result.getParams().getParam("funds")), Fitter.valueOf(result.getParams().getParam("fitter")));
            times.computeIfAbsent(key, k -> new ArrayList<>()).add(result.getSecondaryResults().get("nanosPerCall").getStatistics().getMin());
            found.put(key, String.format(Locale.ROOT, "%.1e | %.0f of %d", result.getSecondaryResults().get("gap").getStatistics().getMax(),
                    result.getSecondaryResults().get("missed").getStatistics().getMax(), key.funds.samples.size()));
        }
    }

    String text() {
        StringBuilder text = new StringBuilder("\n| maximum likelihood of diagonal Q and R, diffuse start | case | ms a fit | times ours (spread) "
                + "| JDemetra+ takes so many times (spread) | largest gap | gap > 1e-3 |\n|---|---|---|---|---|---|---|\n");
        for (Funds funds : Funds.values()) {
            for (Fitter fitter : Fitter.values()) {
                Key key = new Key(funds, fitter);
                if (times.containsKey(key)) {
                    text.append(String.format(Locale.ROOT, "| %s | %s: K=%d | %.3f | %s | %s | %s |%n", fitter.title, funds,
                            funds.samples.get(0).states().count(), Scores.median(times.get(key)) / 1e6 / funds.samples.size(),
                            ratio(key, new Key(funds, Fitter.BOTH_STARTS)), ratio(new Key(funds, Fitter.JDEMETRA), key), found.get(key)));
                }
            }
        }
        return text.toString();
    }

    /** How many times longer one takes than the other, round by round. */
    private String ratio(Key one, Key other) {
        if (one.equals(other)) {
            return "1";
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < times.get(one).size(); round++) {
            ratios.add(times.get(one).get(round) / times.get(other).get(round));
        }
        ratios.sort(null);
        return String.format(Locale.ROOT, "%.2g (%.2g to %.2g)", Scores.median(ratios), ratios.get(0), ratios.get(ratios.size() - 1));
    }
}
