package org.betadrift.testkit;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;

/** What every StateNoiseEstimator keeps. A test of one extends this and says which. */
public abstract class StateNoiseContract extends NoiseContract {
    /** The strategy under test. */
    protected abstract StateNoiseEstimator strategy();

    /** y -> c y gives Q -> c^p Q; p = 2 unless overridden, since exposures carry the unit of y. */
    protected ScaleLaw byTarget() {
        return ScaleLaw.power(2);
    }

    /** x_k -> c x_k gives Q_ij -> c^p Q_ij for each of i, j that is k; p = -1 unless overridden, since beta_k is y per x_k. */
    protected ScaleLaw byFactor() {
        return ScaleLaw.power(-1);
    }

    @Override
    final Role<Noise> role() {
        return strategy()::estimate;
    }

    @Override
    final EstimationContext leftOf(RandomCase one, EstimationContext context) {
        return context.withInitialState(one.initialState()).withObservationNoise(one.observationNoise());
    }

    @Override
    final String quantity() {
        return "Q";
    }

    @Override
    final List<String> names(Sample sample) {
        return sample.states().texts();
    }

    @Override
    final ScaleLaw targetLaw(String quantity) {
        return quantity.equals("Q") ? byTarget() : ScaleLaw.power(0);
    }

    @Override
    final ScaleLaw factorLaw(String quantity) {
        return quantity.equals("Q") ? byFactor() : ScaleLaw.power(0);
    }

    @Override
    final int carries(Cell cell, Set<String> states) {
        return (int) Stream.of(cell.row(), cell.column()).filter(states::contains).count();
    }
}
