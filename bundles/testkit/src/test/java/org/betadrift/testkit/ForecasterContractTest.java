package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.Forecaster;
import org.betadrift.model.Covariance;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.filter.Monitor;
import org.junit.jupiter.api.Test;

/** The textbook's forecaster passes every law; each broken one fails the law it breaks. */
class ForecasterContractTest {
    @Test
    void acceptsTheTextbook() {
        assertThat(Suite.run(Textbook.class).failures()).isEmpty();
        assertThat(Suite.run(Textbook.class).tests()).isEqualTo(16);
    }

    @Test
    void rejectsWrongNumbers() {
        assertThat(Suite.run(ForgetsTheConstant.class).failures()).containsOnlyKeys("agreesWithAFilterThatRunsOn", "agreesWithOneGaussianVector");
        assertThat(Suite.run(TakesTheFirstNoise.class).failures()).containsOnlyKeys("agreesWithAFilterThatRunsOn", "agreesWithOneGaussianVector",
                "beginsWithTheNextPrediction");
        assertThat(Suite.run(TargetsApart.class).failures()).containsOnlyKeys("agreesWithOneGaussianVector", "beginsWithTheNextPrediction");
    }

    @Test
    void rejectsSilenceAndGuesses() {
        assertThat(Suite.run(SaysNothing.class).failures()).containsOnlyKeys("saysWhatItCarriesOn");
        assertThat(Suite.run(ZeroForMissing.class).failures()).containsOnlyKeys("refusesAFutureThatIsNone");
        assertThat(Suite.run(TakesAnyDate.class).failures()).containsOnlyKeys("refusesAFutureThatIsNone");
    }

    @Test
    void rejectsLeavingConstraintsAside() {
        assertThat(Suite.run(LeavesConstraintsAside.class).failures()).containsOnlyKeys("constraintsHoldOnFutureDates");
    }

    static class Textbook extends ForecasterContract {
        @Override
        protected Forecaster strategy() {
            return new TextbookForecaster();
        }

        @Override
        protected boolean multivariate() {
            return true;
        }

        @Override
        protected int cases() {
            return 6;
        }
    }

    /** Predicts on from constrained states as if they were free. */
    static class LeavesConstraintsAside extends Textbook {
        @Override
        protected boolean constrained() {
            return true;
        }

        @Override
        protected Forecaster strategy() {
            return (filter, future) -> new TextbookForecaster().forecast(filter.model().constraints().isEmpty() ? filter
                    : new ExactEngine().filter(filter.model().withConstraints(List.of()), filter.sample(), FilterOptions.defaults(), Monitor.NONE), future);
        }
    }

    static class ForgetsTheConstant extends Textbook {
        @Override
        protected Forecaster strategy() {
            return new TextbookForecaster() {
                @Override
                double constant(StateSpaceModel model, int state) {
                    return 0;
                }
            };
        }
    }

    static class TakesTheFirstNoise extends Textbook {
        @Override
        protected Forecaster strategy() {
            return new TextbookForecaster() {
                @Override
                Covariance stateNoise(StateSpaceModel model, int last) {
                    return model.stateNoise().at(0);
                }
            };
        }
    }

    static class TargetsApart extends Textbook {
        @Override
        protected Forecaster strategy() {
            return new TextbookForecaster() {
                @Override
                double covariance(double[][] s, int i, int j) {
                    return i == j ? s[i][j] : 0;
                }
            };
        }
    }

    static class SaysNothing extends Textbook {
        @Override
        protected Forecaster strategy() {
            return new TextbookForecaster() {
                @Override
                List<String> warnings(StateSpaceModel model) {
                    return List.of();
                }
            };
        }
    }

    static class ZeroForMissing extends Textbook {
        @Override
        protected Forecaster strategy() {
            return new TextbookForecaster() {
                @Override
                double regressor(Sample sample, ReturnPanel future, int t, int state) {
                    String factor = sample.states().names().get(state).factor();
                    boolean missing = !factor.equals("alpha") && Double.isNaN(future.column(factor)[t]);
                    return missing ? 0 : super.regressor(sample, future, t, state);
                }
            };
        }
    }

    static class TakesAnyDate extends Textbook {
        @Override
        protected Forecaster strategy() {
            return new TextbookForecaster() {
                @Override
                void requireLater(String last, ReturnPanel future) {
                    // any date will do
                }
            };
        }
    }
}
