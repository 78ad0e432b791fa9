package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.model.Covariance;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.junit.jupiter.api.Test;

/** A sound strategy passes every law; each broken one fails the law it breaks. */
class ObservationNoiseContractTest {
    @Test
    void acceptsASoundStrategy() {
        assertThat(Suite.run(MeanSquare.class).failures()).isEmpty();
    }

    @Test
    void rejectsBrokenOnes() {
        assertThat(Suite.run(LooksAhead.class).failures()).containsOnlyKeys("isCausalFromWhereItSays");
        assertThat(Suite.run(Deviation.class).failures()).containsOnlyKeys("followsTheUnitsOfTheTarget");
        assertThat(Suite.run(TimesTheLastFactor.class).failures()).containsKeys("followsTheUnitsOfAFactor",
                "doesNotDependOnTheOrderOfFactors");
        assertThat(Suite.run(OneRowAState.class).failures()).containsKeys("fitsTheSample", "takesGapsOrRefusesThem");
    }

    @Test
    void aMissingLawIsNotChecked() {
        assertThat(Suite.run(DeviationThatSaysSo.class).failures()).isEmpty();
    }

    /** R from the mean square of y. */
    static class MeanSquare extends ObservationNoiseContract {
        @Override
        protected ObservationNoiseEstimator strategy() {
            return context -> r(meanSquare(context.sample()));
        }

        static double meanSquare(Sample sample) {
            return IntStream.range(0, sample.periods()).mapToDouble(t -> sample.y(t, 0)).filter(y -> !Double.isNaN(y)).map(y -> y * y)
                    .average().orElse(0);
        }

        static Estimate<Noise> r(double variance) {
            return Estimate.of(Noise.constant(Covariance.diagonal(variance)), CausalFrom.never());
        }
    }

    static class LooksAhead extends ObservationNoiseContract {
        @Override
        protected ObservationNoiseEstimator strategy() {
            return context -> Estimate.of(Noise.constant(Covariance.diagonal(MeanSquare.meanSquare(context.sample()))),
                    CausalFrom.afterRows(context.sample(), Math.min(5, context.sample().periods())));
        }
    }

    static class Deviation extends ObservationNoiseContract {
        @Override
        protected ObservationNoiseEstimator strategy() {
            return context -> MeanSquare.r(Math.sqrt(MeanSquare.meanSquare(context.sample())));
        }
    }

    static class DeviationThatSaysSo extends Deviation {
        @Override
        protected ScaleLaw byTarget() {
            return ScaleLaw.none("a deviation in place of a variance, to show how a law is left out");
        }
    }

    static class TimesTheLastFactor extends ObservationNoiseContract {
        @Override
        protected ObservationNoiseEstimator strategy() {
            return context -> {
                Sample sample = context.sample();
                double last = sample.regressor(sample.periods() / 2, sample.states().count() - 1);
                return MeanSquare.r(Double.isNaN(last) ? 1 : last * last * MeanSquare.meanSquare(sample));
            };
        }
    }

    static class OneRowAState extends ObservationNoiseContract {
        @Override
        protected ObservationNoiseEstimator strategy() {
            return context -> Estimate.of(Noise.constant(Covariance.scalar(context.sample().states().count(), 1)), CausalFrom.always());
        }

        @Override
        protected ScaleLaw byTarget() {
            return ScaleLaw.power(0);
        }
    }
}
