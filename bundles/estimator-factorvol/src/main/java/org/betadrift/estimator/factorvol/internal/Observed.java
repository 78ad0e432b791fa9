package org.betadrift.estimator.factorvol.internal;

import java.util.stream.IntStream;
import org.betadrift.model.Sample;

/** What windows are counted in: the dates on which y is present, and the states it loads on. */
final class Observed {
    private Observed() { }

    /** Indices of the dates on which y is present. */
    static int[] dates(Sample sample) {
        return IntStream.range(0, sample.periods()).filter(t -> !Double.isNaN(sample.y(t, 0))).toArray();
    }

    /** Number of states that y loads on: all but the slopes, which come after them. */
    static int levels(Sample sample) {
        return (int) IntStream.range(0, sample.states().count()).filter(k -> !sample.isSlope(k)).count();
    }

    /** Whether the first state is alpha. */
    static boolean isAlpha(Sample sample, int state) {
        return sample.hasIntercept() && state < sample.targets().size();
    }
}
