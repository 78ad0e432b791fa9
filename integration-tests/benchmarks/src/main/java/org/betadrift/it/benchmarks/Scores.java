package org.betadrift.it.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;

/** What JMH measured, by case and contestant, a value a round. */
final class Scores {
    private static final String PROCESSOR = "nanosPerCall";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private record Key(Case one, Contestant contestant) { }

    private final Map<Key, List<Double>> times = new HashMap<>(); // of a round's fastest iteration, processor ns a call
    private final Map<Key, List<Double>> bytes = new HashMap<>();

    /** A round of one case. */
    void add(Collection<RunResult> results) {
        for (RunResult result : results) {
            Key key = new Key(Case.valueOf(result.getParams().getParam("one")), Contestant.valueOf(result.getParams().getParam("contestant")));
            times.computeIfAbsent(key, k -> new ArrayList<>()).add(result.getSecondaryResults().get(PROCESSOR).getStatistics().getMin());
            double allocated = result.getSecondaryResults().get(ALLOCATED).getScore();
            bytes.computeIfAbsent(key, k -> new ArrayList<>()).add(allocated);
        }
    }

    /** Processor ns a call, median of the rounds. */
    double time(Case one, Contestant contestant) {
        return median(times.get(new Key(one, contestant)));
    }

    /** Bytes a call, by JMH's gc profiler; a little is the harness's own, once an iteration. */
    double bytes(Case one, Contestant contestant) {
        return median(bytes.get(new Key(one, contestant)));
    }

    /** How many times longer than its rival, round by round, ascending. */
    List<Double> ratios(Case one, Contestant contestant) {
        List<Double> its = times.get(new Key(one, contestant));
        List<Double> rivals = times.get(new Key(one, contestant.rival()));
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < its.size(); round++) {
            ratios.add(its.get(round) / rivals.get(round));
        }
        ratios.sort(null);
        return ratios;
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
