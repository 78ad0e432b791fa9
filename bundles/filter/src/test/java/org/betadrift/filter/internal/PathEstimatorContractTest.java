package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.PathEstimator;
import org.betadrift.filter.PathOptions;
import org.betadrift.filter.PathResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.testkit.PathEstimatorContract;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The contract finds out estimators that are broken on purpose; it stands here as a sound one is needed to be broken. */
class PathEstimatorContractTest {
    private static Set<String> failures(Class<?> contract) {
        return EngineTestKit.engine("junit-jupiter").selectors(selectClass(contract)).execute().testEvents().failed().stream()
                .map(event -> event.getTestDescriptor().getDisplayName().replace("()", "")).collect(Collectors.toSet());
    }

    @Test
    void acceptsTheSoundOne() {
        assertThat(failures(Sound.class)).isEmpty();
    }

    @Test
    void rejectsLeavingInequalitiesAside() {
        assertThat(failures(IgnoresInequalities.class)).contains("agreesWithAnAscentInTheMultipliers");
    }

    @Test
    void rejectsClipping() {
        assertThat(failures(Clips.class)).contains("agreesWithAnAscentInTheMultipliers");
    }

    @Test
    void rejectsDrawsThatDifferFromCallToCall() {
        assertThat(failures(OtherDrawsEachTime.class)).contains("drawsWithinTheConstraints", "isThreadSafe")
                .doesNotContain("agreesWithAnAscentInTheMultipliers");
    }

    @Test
    void rejectsPricesOfTheWrongSign() {
        assertThat(failures(WrongSign.class)).containsExactly("agreesWithAnAscentInTheMultipliers");
    }

    @Test
    void rejectsSmoothingForACausalPath() {
        assertThat(failures(LooksAhead.class)).containsExactly("isCausalWhereItSaysSo");
    }

    /** Few cases, few draws: every law is tried on some. */
    abstract static class Few extends PathEstimatorContract {
        @Override
        protected int cases() {
            return 6;
        }

        @Override
        protected int draws() {
            return 500;
        }
    }

    static class Sound extends Few {
        @Override
        protected PathEstimator strategy() {
            return new ConvexPath();
        }
    }

    /** The path of the equalities alone. */
    static class IgnoresInequalities extends Few {
        @Override
        protected PathEstimator strategy() {
            return (model, sample, options, monitor) -> {
                PathResult free = free(model, sample, options, monitor);
                return copy(free, model, sample).shadowPrices(new double[sample.periods() * model.constraints().size()]).build();
            };
        }
    }

    /** The same, bounds of single exposures put right afterwards. */
    static class Clips extends Few {
        @Override
        protected PathEstimator strategy() {
            return (model, sample, options, monitor) -> {
                PathResult free = free(model, sample, options, monitor);
                int k = model.states().count();
                double[] clipped = IntStream.range(0, sample.periods() * k).mapToDouble(i -> free.mode().mean(i / k, i % k)).toArray();
                for (StateConstraint c : model.constraints()) {
                    for (int i = 0; i < clipped.length && !c.isEquality(); i++) {
                        boolean alone = IntStream.range(0, k).filter(s -> c.weight(0, s) != 0).count() == 1 && c.weight(i / k, i % k) != 0;
                        double bound = alone ? c.value(i / k) / c.weight(i / k, i % k) : 0;
                        if (alone && c.relation() == StateConstraint.Relation.AT_LEAST) {
                            clipped[i] = Math.max(clipped[i], bound);
                        } else if (alone && c.relation() == StateConstraint.Relation.AT_MOST) {
                            clipped[i] = Math.min(clipped[i], bound);
                        }
                    }
                }
                return copy(free, model, sample).shadowPrices(new double[sample.periods() * model.constraints().size()])
                        .mode(StatePath.ofUnsafe(StatePath.Knows.SMOOTHED, model.states(), sample.dates(), clipped, null)).build();
            };
        }
    }

    static class OtherDrawsEachTime extends Few {
        private static final AtomicLong CALLS = new AtomicLong();

        @Override
        protected PathEstimator strategy() {
            return (model, sample, options, monitor) -> new ConvexPath().estimate(model, sample,
                    options.draws() == 0 ? options : options.withDraws(options.draws(), options.seed() + CALLS.incrementAndGet()), monitor);
        }
    }

    static class WrongSign extends Few {
        @Override
        protected PathEstimator strategy() {
            return (model, sample, options, monitor) -> {
                PathResult sound = new ConvexPath().estimate(model, sample, options, monitor);
                int constraints = model.constraints().size();
                return copy(sound, model, sample).shadowPrices(IntStream.range(0, sample.periods() * constraints)
                        .mapToDouble(i -> -sound.shadowPrice(i / constraints, i % constraints)).toArray()).build();
            };
        }
    }

    /** Its causal path knows every date. */
    static class LooksAhead extends Few {
        @Override
        protected PathEstimator strategy() {
            return (model, sample, options, monitor) -> {
                PathResult sound = new ConvexPath().estimate(model, sample, options, monitor);
                int k = model.states().count();
                return !options.causal() ? sound : copy(sound, model, sample).causal(StatePath.ofUnsafe(StatePath.Knows.FILTERED, model.states(), sample.dates(),
                        IntStream.range(0, sample.periods() * k).mapToDouble(i -> sound.mode().mean(i / k, i % k)).toArray(), null)).build();
            };
        }
    }

    private static PathResult free(StateSpaceModel model, Sample sample, PathOptions options, Monitor monitor) {
        return new ConvexPath().estimate(model.withConstraints(model.constraints().stream().filter(StateConstraint::isEquality).toList()), sample, options, monitor);
    }

    /** The same numbers for a model, to be changed; prices are those of the result's own constraints. */
    private static PathResult.Builder copy(PathResult from, StateSpaceModel model, Sample sample) {
        int k = model.states().count();
        int constraints = from.model().constraints().size();
        PathResult.Builder copy = PathResult.builder(model, sample).mode(from.mode()).kktResidual(from.kktResidual()).violation(from.violation())
                .iterations(from.iterations()).logDensityGivenUp(from.logDensityGivenUp()).warnings(from.warnings())
                .shadowPrices(IntStream.range(0, sample.periods() * constraints).mapToDouble(i -> from.shadowPrice(i / constraints, i % constraints)).toArray());
        from.causal().ifPresent(copy::causal);
        from.draws().ifPresent(draws -> copy.draws(draws, IntStream.range(0, sample.periods() * k).mapToDouble(i -> from.effectiveDraws(i / k, i % k)).toArray()));
        return copy;
    }
}
