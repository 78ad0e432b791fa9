package org.betadrift.runtime.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.filter.CancelledException;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.PathResult;
import org.betadrift.filter.Retain;
import org.betadrift.filter.StatePath;
import org.betadrift.model.BetadriftException;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.run.Audit;
import org.betadrift.run.Audit.Change;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Recipe;
import org.betadrift.run.StrategyWithdrawnException;

/** Makes a run, then again without the rows after each of some cuts, by the same strategies, and compares. */
final class Auditor {
    /** Of the larger value, or of the standard deviation: what rounding may do. */
    private static final double TOLERANCE = 1e-9;
    /** The same of a path, which ends where it is optimal enough. */
    private static final double PATH_TOLERANCE = 1e-6;

    private final Recipe recipe;
    private final ReturnPanel panel;
    private final Parts parts;
    private final Monitor monitor;

    Auditor(Recipe recipe, ReturnPanel panel, Parts parts, Monitor monitor) {
        this.recipe = recipe;
        this.panel = panel;
        this.parts = parts;
        this.monitor = monitor;
    }

    /** @throws InvalidInputException there is nothing to compare, or what a run throws */
    ExposureRun audit(int count, long seed) {
        if (count < 1) {
            throw InvalidInputException.of("number of cuts", count, "an audit cuts at least once", "give 1 or more");
        }
        if (recipe.filterOptions().retain() == Retain.FINAL) {
            throw InvalidInputException.of("retain", Retain.FINAL, "an audit compares the dates up to each cut", "retain all, or means");
        }
        ExposureRun whole = new Pipeline(recipe, panel, parts, monitor).run();
        int claimed = firstClaimed(whole.causalFrom(), whole.sample());
        List<LocalDate> compared = new ArrayList<>();
        Map<LocalDate, String> failures = new TreeMap<>();
        List<Change> changes = new ArrayList<>();
        SortedSet<Integer> cuts = cuts(whole.sample(), claimed, count, seed);
        for (int cut : cuts) {
            LocalDate date = whole.sample().date(cut);
            monitor.progress((double) cuts.headSet(cut).size() / cuts.size(), "the audit up to " + date);
            try {
                Pipeline truncated = new Pipeline(recipe, panel.first(cut + 1), parts, monitor);
                FilterResult pass = truncated.pass().filter();
                List<Change> its = new ArrayList<>();
                compare(whole.filter(), pass, claimed, cut, its);
                if (whole.path().flatMap(PathResult::causal).isPresent()) {
                    compare(whole, truncated.mode(pass).orElseThrow().mode(), cut, its);
                }
                changes.addAll(its);
                compared.add(date);
            } catch (CancelledException | StrategyWithdrawnException e) {
                throw e;
            } catch (BetadriftException e) {
                failures.put(date, e.getMessage());
            }
        }
        return whole.withAudit(Audit.of(whole.causalFrom(), seed, compared, failures, changes));
    }

    /** Index of the first date of which the run says that it is causal; the first one where it says nothing. */
    private static int firstClaimed(CausalFrom claim, Sample sample) {
        int t = 0;
        while (claim.firstDate().isPresent() && t < sample.periods() && sample.date(t).isBefore(claim.firstDate().get())) {
            t++;
        }
        return t;
    }

    /** Last rows that are left: enough for the states where there are enough, and never all. */
    private SortedSet<Integer> cuts(Sample sample, int claimed, int count, long seed) {
        int last = sample.periods() - 2;
        int low = Math.max(claimed, Math.min(last, recipe.filterOptions().burnIn() + 2 * sample.states().count()));
        SortedSet<Integer> cuts = new TreeSet<>();
        Random random = new Random(seed);
        while (low <= last && cuts.size() < Math.min(count, last - low + 1)) {
            cuts.add(low + random.nextInt(last - low + 1));
        }
        return cuts;
    }

    private static void compare(FilterResult whole, FilterResult truncated, int from, int cut, List<Change> changes) {
        compare("predicted", whole.predicted(), truncated.predicted(), from, cut, changes);
        compare("filtered", whole.filtered(), truncated.filtered(), from, cut, changes);
    }

    /** A causal path ends on each date where the mode of the rows up to it does. */
    private static void compare(ExposureRun run, StatePath truncated, int cut, List<Change> changes) {
        StatePath causal = run.path().flatMap(PathResult::causal).orElseThrow();
        StatePath filtered = run.filter().filtered();
        for (int state = 0; state < causal.states().count(); state++) {
            double deviation = filtered.hasCovariances() ? filtered.standardDeviation(cut, state) : 0;
            if (distance(causal.mean(cut, state), truncated.mean(cut, state), deviation) > PATH_TOLERANCE) {
                changes.add(new Change(run.sample().date(cut), run.sample().date(cut), causal.states().texts().get(state), "causal path",
                        causal.mean(cut, state), truncated.mean(cut, state)));
            }
        }
    }

    private static void compare(String knows, StatePath whole, StatePath truncated, int from, int cut, List<Change> changes) {
        for (int state = 0; state < whole.states().count(); state++) {
            compare(knows, false, state, whole, truncated, from, cut, changes);
            if (whole.hasCovariances()) {
                compare(knows, true, state, whole, truncated, from, cut, changes);
            }
        }
    }

    /** The worst date, if any is beyond rounding. */
    private static void compare(String knows, boolean deviation, int state, StatePath whole, StatePath truncated, int from, int cut,
            List<Change> changes) {
        int worst = -1;
        double worstDistance = TOLERANCE;
        for (int t = from; t <= cut; t++) {
            double distance = distance(value(whole, deviation, t, state), value(truncated, deviation, t, state),
                    whole.hasCovariances() ? whole.standardDeviation(t, state) : 0);
            if (distance > worstDistance) {
                worst = t;
                worstDistance = distance;
            }
        }
        if (worst >= 0) {
            changes.add(new Change(whole.dates().get(cut), whole.dates().get(worst), whole.states().texts().get(state),
                    knows + (deviation ? " standard deviation" : " mean"), value(whole, deviation, worst, state),
                    value(truncated, deviation, worst, state)));
        }
    }

    private static double value(StatePath path, boolean deviation, int t, int state) {
        return deviation ? path.standardDeviation(t, state) : path.mean(t, state);
    }

    /** In units of the larger value or of the deviation; infinite where only one of the two exists. */
    private static double distance(double a, double b, double deviation) {
        if (a == b || Double.isNaN(a) && Double.isNaN(b)) {
            return 0;
        }
        double distance = Math.abs(a - b) / Math.max(Math.max(Math.abs(a), Math.abs(b)), Double.isFinite(deviation) ? deviation : 0);
        return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }
}
