package org.betadrift.estimator.cholesky.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.betadrift.filter.NumericalException;

/** Climbs from every start and tells the maxima apart. What it finds is immutable. */
final class Summits {
    static final String STILL = "no drift";
    static final String USERS = "yours";
    /** Climbs that end this near to each other have reached the same maximum. */
    private static final double SAME = 1e-5;

    /** A maximum and the starts that reached it, in order. */
    record Summit(Ascent.Top top, Set<String> starts) {
        Summit with(Ascent.Top other, String start) {
            Set<String> both = new LinkedHashSet<>(starts);
            both.add(start);
            return new Summit(other.value() > top.value() ? other : top, both);
        }
    }

    private final List<Summit> all = new ArrayList<>(); // best first
    private Ascent.Top still;
    private Ascent.Top users; // null for none
    private boolean inBudget = true;

    private Summits() { }

    /**
     * @param users theta of the user's start; null for none
     * @param starts the tool's own, by name
     * @throws NumericalException the likelihood has no value at any start
     */
    static Summits of(Surface f, double[] users, Map<String, double[]> starts, Watch watch) {
        Summits found = new Summits();
        watch.says("maximising the likelihood without drift");
        Surface without = f.with(f.family().still());
        found.still = Ascent.from(new double[without.family().size()], without, watch, Ascent.CLIMB);
        if (users != null) {
            found.users = found.climb(f, USERS, users, watch);
        }
        if (f.hasScore() || f.family().drifts().isEmpty()) { // without a score nothing shows the way from W = 0
            double[] theta = f.family().level(0);
            System.arraycopy(found.still.theta(), 0, theta, 0, found.still.theta().length);
            found.climb(f, STILL, theta, watch);
        }
        if (!f.family().drifts().isEmpty()) {
            starts.forEach((name, theta) -> found.climb(f, name, theta, watch));
        }
        found.finish(f, watch);
        return found;
    }

    private Ascent.Top climb(Surface f, String name, double[] start, Watch watch) {
        watch.says("maximising the likelihood from the start " + name);
        if (!watch.goesOn() && !all.isEmpty()) {
            inBudget = false;
            return null;
        }
        Ascent.Top top = Ascent.from(start, f, watch, Ascent.CLIMB);
        inBudget &= top.inBudget();
        for (int i = 0; i < all.size(); i++) {
            if (Math.abs(all.get(i).top().value() - top.value()) < SAME) {
                all.set(i, all.get(i).with(top, name));
                return top;
            }
        }
        all.add(new Summit(top, Set.of(name)));
        return top;
    }

    private void finish(Surface f, Watch watch) {
        all.sort(Comparator.comparingDouble((Summit s) -> s.top().value()).reversed());
        Summit best = all.get(0);
        if (best.top().value() == Double.NEGATIVE_INFINITY) {
            throw new NumericalException(null, "the log-likelihood", Double.NaN,
                    "it has no value at any start, scale the data or give another initial state");
        }
        watch.says("checking the maximum");
        Ascent.Top finer = Ascent.from(best.top().theta(), f, watch, Ascent.FINE);
        if (finer.value() >= best.top().value() - SAME) {
            all.set(0, new Summit(finer, best.starts()));
            inBudget &= finer.inBudget();
        }
    }

    List<Summit> all() {
        return all;
    }

    Summit best() {
        return all.get(0);
    }

    /** The maximum with every W zero, over V alone. */
    Ascent.Top still() {
        return still;
    }

    /** Null when the user gave none. */
    Ascent.Top users() {
        return users;
    }

    boolean inBudget() {
        return inBudget;
    }
}
