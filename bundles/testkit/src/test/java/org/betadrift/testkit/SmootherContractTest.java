package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Smoother;
import org.betadrift.filter.SmootherResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.junit.jupiter.api.Test;

/** The exact smoother passes every law; each broken one fails the law it breaks. */
class SmootherContractTest {
    private static final Smoother SOUND = new ExactSmoother();

    @Test
    void acceptsTheExactSmoother() {
        assertThat(Suite.run(Exact.class).failures()).isEmpty();
        assertThat(Suite.run(Exact.class).tests()).isEqualTo(16);
    }

    @Test
    void rejectsFilteringForSmoothing() {
        assertThat(Suite.run(OnlyFilters.class).failures()).containsKeys("agreesWithTheExactPosterior", "isTheSameOnEveryDateWithoutStateNoise", "leavesTheNoiseOfY");
    }

    @Test
    void rejectsLagOneCovariancesOfTheOtherDate() {
        assertThat(Suite.run(TransposesLagOne.class).failures()).containsOnlyKeys("agreesWithTheExactPosterior");
    }

    @Test
    void rejectsErrorsThatForgetTheStateNoise() {
        assertThat(Suite.run(ForgetsTheFuture.class).failures()).containsKeys("agreesWithTheExactPosterior");
    }

    @Test
    void rejectsLeavingConstraintsAside() {
        assertThat(Suite.run(LeavesConstraintsAside.class).failures()).containsOnlyKeys("agreesWithTheExactPosteriorUnderConstraints",
                "agreesWithTheExactPosteriorOfAnyModelUnderConstraints");
    }

    /** Few cases: it is slow. */
    static class Exact extends SmootherContract {
        @Override
        protected Smoother strategy() {
            return SOUND;
        }

        @Override
        protected int cases() {
            return 2;
        }

        @Override
        protected List<ReferenceCase> referenceCases() {
            return List.of(ReferenceCase.aAr(), ReferenceCase.aDiffuse());
        }
    }

    abstract static class Broken extends Exact {
        @Override
        protected int cases() {
            return 1;
        }

        @Override
        protected List<ReferenceCase> referenceCases() {
            return List.of();
        }
    }

    /** Smooths a pass of the model without them. */
    static class LeavesConstraintsAside extends Broken {
        @Override
        protected boolean constrained() {
            return true;
        }

        @Override
        protected Smoother strategy() {
            return (filter, options, monitor) -> {
                SmootherResult free = SOUND.smooth(new ExactEngine().filter(filter.model().withConstraints(List.of()), filter.sample(),
                        FilterOptions.defaults(), monitor), options, monitor);
                return copy(free, filter).build();
            };
        }
    }

    /** Gives the filtered states. */
    static class OnlyFilters extends Broken {
        @Override
        protected Smoother strategy() {
            return (filter, options, monitor) -> {
                SmootherResult sound = SOUND.smooth(filter, options, monitor);
                int n = filter.sample().periods();
                int k = filter.model().states().count();
                int size = Covariance.size(k);
                StatePath path = new ExactEngine().filter(filter.model(), filter.sample(), FilterOptions.defaults(), monitor).filtered();
                double[] means = IntStream.range(0, n * k).mapToDouble(i -> path.mean(i / k, i % k)).toArray();
                double[] covariances = new double[n * size];
                for (int t = 0; t < n; t++) {
                    for (int i = 0; i < k; i++) {
                        for (int j = 0; j <= i; j++) {
                            covariances[t * size + Covariance.index(i, j)] = path.covariance(t, i, j);
                        }
                    }
                }
                return copy(sound).smoothed(StatePath.ofUnsafe(StatePath.Knows.SMOOTHED, path.states(), path.dates(), means, covariances)).build();
            };
        }
    }

    /** Cov(beta_t+1, beta_t) for Cov(beta_t, beta_t+1). */
    static class TransposesLagOne extends Broken {
        @Override
        protected Smoother strategy() {
            return (filter, options, monitor) -> {
                SmootherResult sound = SOUND.smooth(filter, options, monitor);
                if (!options.lagOneCovariances()) {
                    return sound;
                }
                int k = filter.model().states().count();
                return copy(sound).lagOneCovariances(IntStream.range(0, (filter.sample().periods() - 1) * k * k)
                        .mapToDouble(i -> sound.lagOneCovariance(i / k / k, i % k, i / k % k)).toArray()).build();
            };
        }
    }

    /** D without what later dates say. */
    static class ForgetsTheFuture extends Broken {
        @Override
        protected Smoother strategy() {
            return (filter, options, monitor) -> {
                SmootherResult sound = SOUND.smooth(filter, options, monitor);
                int m = filter.sample().targets().size();
                return copy(sound).d(IntStream.range(0, filter.sample().periods() * m * m)
                        .mapToDouble(i -> Double.isNaN(sound.d(i / m / m, i / m % m, i % m)) ? Double.NaN
                                : 1 / filter.model().observationNoise().at(i / m / m).variance(i % m)).toArray()).build();
            };
        }
    }

    /** The same numbers, to be changed. */
    private static SmootherResult.Builder copy(SmootherResult from) {
        return copy(from, from.filter());
    }

    private static SmootherResult.Builder copy(SmootherResult from, FilterResult as) {
        int n = from.filter().sample().periods();
        int m = from.filter().sample().targets().size();
        int k = from.filter().model().states().count();
        double[] packed = new double[n * Covariance.size(k)];
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < k; i++) {
                for (int j = 0; j <= i; j++) {
                    packed[t * Covariance.size(k) + Covariance.index(i, j)] = from.n(t, i, j);
                }
            }
        }
        SmootherResult.Builder copy = SmootherResult.builder(as).smoothed(from.smoothed())
                .u(IntStream.range(0, n * m).mapToDouble(i -> from.u(i / m, i % m)).toArray())
                .d(IntStream.range(0, n * m * m).mapToDouble(i -> from.d(i / m / m, i / m % m, i % m)).toArray())
                .r(IntStream.range(0, n * k).mapToDouble(i -> from.r(i / k, i % k)).toArray()).n(packed);
        return !from.hasLagOneCovariances() ? copy : copy.lagOneCovariances(IntStream.range(0, (n - 1) * k * k)
                .mapToDouble(i -> from.lagOneCovariance(i / k / k, i / k % k, i % k)).toArray());
    }
}
