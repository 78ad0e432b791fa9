package org.betadrift.likelihood;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A local maximum.
 *
 * @param theta in the data's units
 * @param value log-likelihood
 * @param starts that reached it, in order
 * @param inBudget whether no climb to it was stopped early
 */
record Peak(double[] theta, double value, Set<String> starts, boolean inBudget) {
    /** The better of two that are the same. */
    Peak with(Peak other) {
        Set<String> both = new LinkedHashSet<>(starts);
        both.addAll(other.starts);
        Peak better = other.value > value ? other : this;
        return new Peak(better.theta, better.value, both, inBudget && other.inBudget);
    }

    /** The same, found more exactly. */
    Peak at(double[] its, double itsValue) {
        return new Peak(its, itsValue, starts, inBudget);
    }

    List<String> startNames() {
        return List.copyOf(starts);
    }
}
