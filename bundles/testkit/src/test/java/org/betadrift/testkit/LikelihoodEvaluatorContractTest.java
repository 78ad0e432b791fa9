package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.filter.Monitor;
import org.betadrift.model.BetadriftException;
import org.betadrift.model.Covariance;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.junit.jupiter.api.Test;

/** An engine that only filters passes; each broken evaluator fails the law it breaks. */
class LikelihoodEvaluatorContractTest {
    private static final TextbookEngine SOUND = new TextbookEngine();

    @Test
    void acceptsAnEngineThatOnlyFilters() {
        assertThat(Suite.run(Sound.class).failures()).isEmpty();
        assertThat(Suite.run(Sound.class).tests()).isEqualTo(10);
    }

    @Test
    void rejectsAnotherValue() {
        assertThat(Suite.run(OffByOne.class).failures()).containsOnlyKeys("valueIsWhatFilteringGives", "valueAndScoreOfAnyModel");
    }

    @Test
    void rejectsAWrongScore() {
        assertThat(Suite.run(FlatScore.class).failures()).containsOnlyKeys("scoreIsTheDerivativeOfTheValue", "valueAndScoreOfAnyModel", "informationIsThatOfTheScore");
    }

    @Test
    void rejectsWrongSquares() {
        assertThat(Suite.run(NoSquares.class).failures()).containsOnlyKeys("squaresAreThoseOfTheLastCall");
    }

    @Test
    void rejectsAValueOfNoModel() {
        assertThat(Suite.run(TakesAnything.class).failures()).containsOnlyKeys("noModelIsNaN");
    }

    @Test
    void rejectsAFloorInAbsoluteUnits() {
        assertThat(Suite.run(Floors.class).failures()).containsOnlyKeys("unitsOfYDoNotMatter");
    }

    @Test
    void rejectsForgettingConstraints() {
        assertThat(Suite.run(Forgets.class).failures()).containsOnlyKeys("valueAndScoreGivenConstraints", "refusesInequalities");
    }

    @Test
    void rejectsChangingItsInput() {
        assertThat(Suite.run(ChangesQ.class).failures()).containsKeys("leavesItsInputAlone");
    }

    /** Filters anew at every point; the textbook keeps every date, whatever it is told to. */
    private static LikelihoodEvaluator refiltering(Sample sample, ModelTemplate template) {
        return (q, r) -> {
            try {
                Noise stateNoise = q == null ? template.stateNoise().orElseThrow()
                        : Noise.constant(Covariance.ofPacked(template.states().count(), q));
                Noise observationNoise = r == null ? template.observationNoise().orElseThrow()
                        : Noise.constant(Covariance.ofPacked(sample.targets().size(), r));
                return SOUND.filter(template.complete(stateNoise, observationNoise), sample, FilterOptions.defaults(), Monitor.NONE).logLikelihood();
            } catch (BetadriftException e) {
                return Double.NaN;
            }
        };
    }

    static class Sound extends Broken {
        @Override
        protected boolean multivariate() {
            return true;
        }

        @Override
        LikelihoodEvaluator broken(LikelihoodEvaluator sound) {
            return sound;
        }
    }

    /** Fewer cases: they break in the first ones or not at all. */
    abstract static class Broken extends LikelihoodEvaluatorContract implements FilterEngine {
        @Override
        protected FilterEngine strategy() {
            return this;
        }

        @Override
        protected int cases() {
            return 4;
        }

        @Override
        public FilterResult filter(StateSpaceModel model, Sample sample, FilterOptions options, Monitor monitor) {
            return SOUND.filter(model, sample, options, monitor);
        }

        @Override
        public LikelihoodEvaluator evaluator(Sample sample, ModelTemplate template) {
            return broken(refiltering(sample, template));
        }

        abstract LikelihoodEvaluator broken(LikelihoodEvaluator sound);
    }

    static class OffByOne extends Broken {
        @Override
        LikelihoodEvaluator broken(LikelihoodEvaluator sound) {
            return (q, r) -> sound.value(q, r) + 1;
        }
    }

    static class TakesAnything extends Broken {
        @Override
        LikelihoodEvaluator broken(LikelihoodEvaluator sound) {
            return (q, r) -> {
                double value = sound.value(q, r);
                return Double.isNaN(value) ? -1e300 : value;
            };
        }
    }

    static class Floors extends Broken {
        @Override
        LikelihoodEvaluator broken(LikelihoodEvaluator sound) {
            return (q, r) -> r == null || !(r[0] >= 0 && r[0] < 1e-8) ? sound.value(q, r) : sound.value(q, new double[] {1e-8});
        }
    }

    /** The engine behind it knows of no constraints. */
    static class Forgets extends Broken {
        @Override
        protected boolean constraints() {
            return true;
        }

        @Override
        LikelihoodEvaluator broken(LikelihoodEvaluator sound) {
            return sound;
        }
    }

    static class ChangesQ extends Broken {
        @Override
        LikelihoodEvaluator broken(LikelihoodEvaluator sound) {
            return (q, r) -> {
                double value = sound.value(q, r);
                if (q != null) {
                    q[0] *= 2;
                }
                return value;
            };
        }
    }

    static class NoSquares extends Broken {
        @Override
        LikelihoodEvaluator broken(LikelihoodEvaluator sound) {
            return new LikelihoodEvaluator() {
                @Override
                public double value(double[] q, double[] r) {
                    return sound.value(q, r);
                }

                @Override
                public double squares() {
                    return 0;
                }
            };
        }
    }

    /** Says that every point is an optimum, and that it knows. */
    static class FlatScore extends Broken {
        @Override
        LikelihoodEvaluator broken(LikelihoodEvaluator sound) {
            return new LikelihoodEvaluator() {
                @Override
                public double value(double[] q, double[] r) {
                    return sound.value(q, r);
                }

                @Override
                public boolean hasScore() {
                    return true;
                }

                @Override
                public double valueAndScore(double[] q, double[] r, double[] scoreQ, double[] scoreR) {
                    return sound.value(q, r);
                }

                @Override
                public boolean hasInformation() {
                    return true;
                }

                @Override
                public double information(double[] q, double[] r, double[][] directions, double[] score, double[] information) {
                    information[0] = -1;
                    return sound.value(q, r);
                }
            };
        }
    }
}
