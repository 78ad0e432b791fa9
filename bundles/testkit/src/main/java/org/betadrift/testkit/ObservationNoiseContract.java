package org.betadrift.testkit;

import java.util.List;
import java.util.Set;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;

/** What every ObservationNoiseEstimator keeps. A test of one extends this and says which. */
public abstract class ObservationNoiseContract extends NoiseContract {
    /** The strategy under test. */
    protected abstract ObservationNoiseEstimator strategy();

    /** y -> c y gives R -> c^p R; p = 2 unless overridden. */
    protected ScaleLaw byTarget() {
        return ScaleLaw.power(2);
    }

    /** x_k -> c x_k gives R -> c^p R; p = 0 unless overridden, since R is in units of y alone. */
    protected ScaleLaw byFactor() {
        return ScaleLaw.power(0);
    }

    @Override
    final Role<Noise> role() {
        return strategy()::estimate;
    }

    @Override
    final EstimationContext leftOf(RandomCase one, EstimationContext context) {
        return context.withInitialState(one.initialState());
    }

    @Override
    final String quantity() {
        return "R";
    }

    @Override
    final List<String> names(Sample sample) {
        return sample.targets();
    }

    @Override
    final ScaleLaw targetLaw(String quantity) {
        return quantity.equals("R") ? byTarget() : ScaleLaw.power(0);
    }

    @Override
    final ScaleLaw factorLaw(String quantity) {
        return quantity.equals("R") ? byFactor() : ScaleLaw.power(0);
    }

    @Override
    final int carries(Cell cell, Set<String> states) {
        return 1;
    }
}
