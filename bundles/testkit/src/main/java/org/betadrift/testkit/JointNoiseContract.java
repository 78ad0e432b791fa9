package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;

/** What every JointNoiseEstimator keeps. A test of one extends this and says which; a half that is given varies or not. */
public abstract class JointNoiseContract extends EstimatorContract<JointNoise> {
    /** The strategy under test. */
    protected abstract JointNoiseEstimator strategy();

    /** y -> c y gives Q, R -> c^p Q, c^p R; p = 2 unless overridden. */
    protected ScaleLaw byTarget() {
        return ScaleLaw.power(2);
    }

    /** x_k -> c x_k gives Q_ij -> c^p Q_ij for each of i, j that is k; p = -1 unless overridden. */
    protected ScaleLaw byFactor() {
        return ScaleLaw.power(-1);
    }

    /** x_k -> c x_k leaves R, unless overridden. */
    protected ScaleLaw observationNoiseByFactor() {
        return ScaleLaw.power(0);
    }

    @Override
    final Role<JointNoise> role() {
        return strategy()::estimate;
    }

    @Override
    final EstimationContext leftOf(RandomCase one, EstimationContext context) {
        return context.withInitialState(one.initialState()).withObservationNoise(one.observationNoise()).withStateNoise(one.stateNoise());
    }

    @Override
    final Numbers numbers(JointNoise noise, Sample sample) {
        return Numbers.of("Q", noise.stateNoise(), sample.states().texts(), sample.dates())
                .and(Numbers.of("R", noise.observationNoise(), sample.targets(), sample.dates()));
    }

    @Override
    final void requireFit(JointNoise noise, Sample sample) {
        requireFit("Q", noise.stateNoise(), sample.states().count(), sample);
        requireFit("R", noise.observationNoise(), sample.targets().size(), sample);
    }

    private static void requireFit(String what, Noise noise, int dimension, Sample sample) {
        assertThat(noise.dimension()).as("dimension of %s", what).isEqualTo(dimension);
        assertThat(noise.periods()).as("dates of %s", what).isIn(0, sample.periods());
    }

    @Override
    final ScaleLaw targetLaw(String quantity) {
        return quantity.equals("Q") || quantity.equals("R") ? byTarget() : ScaleLaw.power(0);
    }

    @Override
    final ScaleLaw factorLaw(String quantity) {
        return quantity.equals("Q") ? byFactor() : quantity.equals("R") ? observationNoiseByFactor() : ScaleLaw.power(0);
    }

    @Override
    final int carries(Cell cell, Set<String> states) {
        return (int) Stream.of(cell.row(), cell.column()).filter(states::contains).count();
    }
}
