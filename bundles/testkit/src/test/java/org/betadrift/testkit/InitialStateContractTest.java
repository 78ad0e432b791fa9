package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Sample;
import org.betadrift.model.Vector;
import org.junit.jupiter.api.Test;

/** A sound strategy passes every law; each broken one fails the law it breaks. */
class InitialStateContractTest {
    @Test
    void acceptsSoundStrategies() {
        assertThat(Suite.run(OneFactorAtATime.class).failures()).isEmpty();
        assertThat(Suite.run(Diffuse.class).failures()).isEmpty();
    }

    @Test
    void rejectsBrokenOnes() {
        assertThat(Suite.run(LooksAhead.class).failures()).containsOnlyKeys("isCausalFromWhereItSays");
        assertThat(Suite.run(UpsideDown.class).failures()).containsKeys("followsTheUnitsOfTheTarget", "followsTheUnitsOfAFactor");
        assertThat(Suite.run(TooShort.class).failures()).containsKey("fitsTheSample");
    }

    /** Mean and variance of a regression on one factor at a time, over the first rows. */
    static class OneFactorAtATime extends InitialStateContract {
        @Override
        protected InitialStateEstimator strategy() {
            return context -> {
                Sample sample = context.sample();
                int n = sample.periods();
                return Estimate.of(fit(sample, Math.min(rows(sample), n)), CausalFrom.afterRows(sample, Math.min(15, n)));
            };
        }

        int rows(Sample sample) {
            return 15;
        }

        InitialState fit(Sample sample, int rows) {
            int k = sample.states().count();
            double[] mean = new double[k];
            double[] variance = new double[k];
            for (int i = 0; i < k; i++) {
                double xx = 0;
                double xy = 0;
                double yy = 0;
                for (int t = 0; t < rows; t++) {
                    double x = sample.regressor(t, i);
                    double y = sample.y(t, sample.target(i));
                    boolean present = !Double.isNaN(x) && !Double.isNaN(y);
                    xx += present ? x * x : 0;
                    xy += present ? x * y : 0;
                    yy += present ? y * y : 0;
                }
                mean[i] = xx > 0 ? xy / xx : 0;
                variance[i] = xx > 0 ? yy / xx : 0;
            }
            return InitialState.known(Vector.of(mean), Covariance.diagonal(variance));
        }
    }

    static class Diffuse extends InitialStateContract {
        @Override
        protected InitialStateEstimator strategy() {
            return context -> Estimate.of(InitialState.diffuse(context.sample().states().count()), CausalFrom.always());
        }

        @Override
        protected boolean multivariate() {
            return true;
        }
    }

    static class LooksAhead extends OneFactorAtATime {
        @Override
        int rows(Sample sample) {
            return 16;
        }
    }

    static class UpsideDown extends OneFactorAtATime {
        @Override
        InitialState fit(Sample sample, int rows) {
            double[] mean = super.fit(sample, rows).prior().mean().toArray();
            for (int i = 0; i < mean.length; i++) {
                mean[i] = mean[i] == 0 ? 0 : 1 / mean[i];
            }
            return InitialState.known(Vector.of(mean), Covariance.scalar(mean.length, 1));
        }
    }

    static class TooShort extends InitialStateContract {
        @Override
        protected InitialStateEstimator strategy() {
            return context -> Estimate.of(InitialState.diffuse(1), CausalFrom.always());
        }
    }
}
