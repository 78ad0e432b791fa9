package org.betadrift.filter.internal;

import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/**
 * A sample of one target and a model of it in flat arrays, copied once; Q and R may be set anew. What likelihood kernels
 * read. One thread.
 */
final class FlatModel extends FlatStates {
    /** n + 1; 0 where y is missing, and at the end. */
    final double[] y;
    /** (n + 1) x K by rows; zeros where y is missing, and at the end: such a date tells nothing. */
    final double[] h;
    /** n + 1: dates with a y from this one on. */
    final int[] observedFrom;
    /** R, one or n. */
    double[] r;
    /** From one date's R to the next. */
    int rStep;

    /** @param model fits the sample */
    FlatModel(Sample sample, StateSpaceModel model) {
        super(sample, model);
        y = new double[dates + 1];
        h = new double[(dates + 1) * states];
        observedFrom = new int[dates + 1];
        for (int t = dates - 1; t >= 0; t--) {
            boolean observed = !Double.isNaN(sample.y(t, 0));
            observedFrom[t] = observedFrom[t + 1] + (observed ? 1 : 0);
            for (int i = 0; i < states && observed; i++) {
                y[t] = sample.y(t, 0);
                h[t * states + i] = sample.h(t, 0, i);
            }
        }
        r = triangles(model.observationNoise());
        rStep = model.observationNoise().isConstant() ? 0 : 1;
    }

    @Override
    void setObservationNoise(double[] variance) {
        r = variance;
        rStep = 0;
    }

    /** Whether date t has a y. */
    boolean isObserved(int t) {
        return observedFrom[t] > observedFrom[t + 1];
    }
}
