package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.PosteriorPaths;
import org.betadrift.filter.Simulator;
import org.betadrift.model.Covariance;
import org.betadrift.model.Matrix;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.junit.jupiter.api.Test;

/** The textbook's simulator passes every law; each broken one fails the law it breaks. */
class SimulatorContractTest {
    @Test
    void acceptsTheTextbook() {
        assertThat(Suite.run(Textbook.class).failures()).isEmpty();
        assertThat(Suite.run(Textbook.class).tests()).isEqualTo(16);
    }

    @Test
    void rejectsAnotherDistribution() {
        assertThat(Suite.run(LargerNoise.class).failures()).containsOnlyKeys("drawsFromTheModel");
        assertThat(Suite.run(DatesApart.class).failures()).containsKeys("drawsPathsFromTheirPosterior", "drawsPathsUnderADiffuseStart");
        assertThat(Suite.run(DatesApart.class).failures()).doesNotContainKey("drawsFromTheModel");
        assertThat(Suite.run(TooSure.class).failures()).containsOnlyKeys("drawsPathsFromTheirPosterior", "drawsPathsUnderADiffuseStart");
        assertThat(Suite.run(TooSure.class).failures().get("drawsPathsFromTheirPosterior")).contains("seed 0", "covariance of state", "a standard error is");
    }

    @Test
    void rejectsSeedsThatMeanNothing() {
        assertThat(Suite.run(Counts.class).failures()).containsKeys("isDeterministicBySeed", "beginsWithTheSamePaths", "drawsTheSameWhateverTheLayout");
        assertThat(Suite.run(IgnoresTheSeed.class).failures()).containsKey("isDeterministicBySeed");
        assertThat(Suite.run(DependsOnTheNumber.class).failures()).containsOnlyKeys("beginsWithTheSamePaths");
        assertThat(Suite.run(OneStreamForAll.class).failures()).containsOnlyKeys("dataAndPathsAreIndependent");
    }

    @Test
    void rejectsFillingGapsAndDeafness() {
        assertThat(Suite.run(FillsGaps.class).failures()).containsOnlyKeys("keepsTheMissingCells");
        assertThat(Suite.run(Deaf.class).failures()).containsOnlyKeys("listensToItsMonitor");
    }

    @Test
    void rejectsLeavingConstraintsAside() {
        assertThat(Suite.run(LeavesConstraintsAside.class).failures()).containsOnlyKeys("drawsKeepConstraintsOrAreRefused");
    }

    static class Textbook extends SimulatorContract {
        @Override
        protected Simulator strategy() {
            return new TextbookSimulator();
        }

        @Override
        protected boolean multivariate() {
            return true;
        }

        @Override
        protected int cases() {
            return 3;
        }

        @Override
        protected int draws() {
            return 1500;
        }
    }

    static class LargerNoise extends Textbook {
        @Override
        protected Simulator strategy() {
            return new TextbookSimulator() {
                @Override
                Covariance stateNoise(StateSpaceModel model, int t) {
                    Matrix q = model.stateNoise().at(t).toMatrix();
                    double[] larger = q.toArray();
                    for (int i = 0; i < larger.length; i++) {
                        larger[i] *= 1.3;
                    }
                    return Covariance.of(Matrix.of(q.rows(), q.columns(), larger));
                }
            };
        }
    }

    static class DatesApart extends Textbook {
        @Override
        protected Simulator strategy() {
            return new TextbookSimulator() {
                @Override
                double covariance(PathDistribution path, int s, int k, int t, int l) {
                    return s == t ? path.covariance(s, k, t, l) : 0;
                }
            };
        }
    }

    static class TooSure extends Textbook {
        @Override
        protected Simulator strategy() {
            return new TextbookSimulator() {
                @Override
                double covariance(PathDistribution path, int s, int k, int t, int l) {
                    return 0.7 * path.covariance(s, k, t, l);
                }
            };
        }
    }

    static class Counts extends Textbook {
        @Override
        protected Simulator strategy() {
            AtomicInteger calls = new AtomicInteger();
            return new TextbookSimulator() {
                @Override
                Random random(long seed, int draw) {
                    return super.random(calls.incrementAndGet(), draw);
                }
            };
        }
    }

    static class IgnoresTheSeed extends Textbook {
        @Override
        protected Simulator strategy() {
            return new TextbookSimulator() {
                @Override
                Random random(long seed, int draw) {
                    return super.random(1, draw);
                }
            };
        }
    }

    static class DependsOnTheNumber extends Textbook {
        @Override
        protected Simulator strategy() {
            return new TextbookSimulator() {
                @Override
                int stream(int draw, int draws) {
                    return draw + draws;
                }
            };
        }
    }

    /** The first path from the stream of the data. */
    static class OneStreamForAll extends Textbook {
        @Override
        protected Simulator strategy() {
            return new TextbookSimulator() {
                @Override
                int stream(int draw, int draws) {
                    return draw - 1;
                }
            };
        }
    }

    static class FillsGaps extends Textbook {
        @Override
        protected Simulator strategy() {
            return new TextbookSimulator() {
                @Override
                boolean isMissing(Sample layout, int t, int i) {
                    return false;
                }
            };
        }
    }

    /** Draws as if there were none. */
    static class LeavesConstraintsAside extends Textbook {
        @Override
        protected boolean constrained() {
            return true;
        }

        @Override
        protected Simulator strategy() {
            return new TextbookSimulator() {
                @Override
                void requireFree(StateSpaceModel model) { }
            };
        }
    }

    static class Deaf extends Textbook {
        @Override
        protected Simulator strategy() {
            return new TextbookSimulator() {
                @Override
                public PosteriorPaths posterior(FilterResult filter, int draws, long seed, Monitor monitor) {
                    return super.posterior(filter, draws, seed, Monitor.NONE);
                }
            };
        }
    }
}
