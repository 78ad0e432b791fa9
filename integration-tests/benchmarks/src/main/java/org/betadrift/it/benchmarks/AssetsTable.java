package org.betadrift.it.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;

/** What fits of several assets took and missed, in Markdown. */
final class AssetsTable {
    private record Key(Assets assets, AssetsFitter fitter) { }

    private final Map<Key, List<Double>> times = new HashMap<>(); // processor ns a fit, of a round's fastest iteration
    private final Map<Key, Double> gaps = new HashMap<>();

    /** A round of one case. */
    void add(Collection<RunResult> results) {
        for (RunResult result : results) {
            Key key = new Key(Assets.valueOf(result.getParams().getParam("assets")), AssetsFitter.valueOf(result.getParams().getParam("fitter")));
            times.computeIfAbsent(key, k -> new ArrayList<>()).add(result.getSecondaryResults().get("nanosPerCall").getStatistics().getMin());
            gaps.put(key, result.getSecondaryResults().get("gap").getStatistics().getMax());
        }
    }

    String text() {
        StringBuilder text = new StringBuilder("\n| maximum likelihood of full V and W of several assets, diffuse start | case | ms a fit | times ours (spread) | gap |\n"
                + "|---|---|---|---|---|\n");
        for (Assets assets : Assets.values()) {
            for (AssetsFitter fitter : AssetsFitter.values()) {
                List<Double> its = times.get(new Key(assets, fitter));
                if (its != null) {
                    double gap = gaps.get(new Key(assets, fitter));
                    text.append(String.format(Locale.ROOT, "| %s | %s: %d assets, %d dates | %.2f | %s | %s |%n", fitter.title, assets, assets.assets,
                            assets.sample.periods(), Scores.median(its) / 1e6, ratio(its, times.get(new Key(assets, AssetsFitter.CHOLESKY))),
                            Double.isNaN(gap) ? "" : String.format(Locale.ROOT, "%.1e", gap)));
                }
            }
        }
        return text.toString();
    }

    private static String ratio(List<Double> its, List<Double> ours) {
        if (its == ours) {
            return "1";
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < its.size(); round++) {
            ratios.add(its.get(round) / ours.get(round));
        }
        ratios.sort(null);
        return String.format(Locale.ROOT, "%.0f (%.0f to %.0f)", Scores.median(ratios), ratios.get(0), ratios.get(ratios.size() - 1));
    }
}
