package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.betadrift.filter.CancelledException;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.LikelihoodConvention;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.Retain;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.junit.jupiter.api.Test;

/** The textbook engine passes every law; each broken one fails the law it breaks. */
class FilterEngineContractTest {
    private static final TextbookEngine SOUND = new TextbookEngine();
    private static final ExactEngine EXACT = new ExactEngine();

    @Test
    void acceptsTheTextbook() {
        assertThat(Suite.run(Textbook.class).failures()).isEmpty();
        assertThat(Suite.run(TextbookWithOneTarget.class).failures()).isEmpty();
        assertThat(Suite.run(Textbook.class).tests()).isEqualTo(26);
    }

    @Test
    void rejectsALargeVarianceInThePlaceOfInfinity() {
        assertThat(Suite.run(LargeVariance.class).failures()).containsKeys("agreesWithTheDiffuseReferenceCases",
                "agreesWithTheExactEngineUnderADiffuseStart", "refusesToCountNoConstantUnderADiffuseStart",
                "followsTheUnitsOfAFactorUnderADiffuseStart", "followsTheUnitsOfTheTargetUnderADiffuseStart");
    }

    @Test
    void acceptsTheExactEngineUnderConstraints() {
        assertThat(Suite.run(Exact.class).failures()).isEmpty();
    }

    @Test
    void rejectsLeavingConstraintsAside() {
        assertThat(Suite.run(LeavesConstraintsAside.class).failures()).containsOnlyKeys("agreesWithTheExactEngineUnderConstraints",
                "keepsExactConstraints", "refusesConstraintsItCannotKeep");
    }

    @Test
    void rejectsConstraintsThatCount() {
        assertThat(Suite.run(CountsConstraints.class).failures()).containsOnlyKeys("agreesWithTheExactEngineUnderConstraints");
    }

    @Test
    void rejectsTakingTheNoiseOfAnotherDate() {
        assertThat(Suite.run(LateNoise.class).failures()).containsOnlyKeys("agreesWithTheTextbook");
    }

    @Test
    void rejectsForgettingMissingValues() {
        assertThat(Suite.run(ZeroForMissing.class).failures()).containsKeys("agreesWithTheReferenceCases", "agreesWithTheTextbook",
                "predictsWhereTargetsAreMissing");
    }

    @Test
    void rejectsLookingAhead() {
        assertThat(Suite.run(TakesTheMeanOff.class).failures()).containsKeys("agreesWithTheReferenceCases", "agreesWithTheTextbook",
                "looksAtThePastOnly");
    }

    @Test
    void rejectsADeafEngine() {
        assertThat(Suite.run(Deaf.class).failures()).containsOnlyKeys("listensToItsMonitor");
        assertThat(Suite.run(SwallowsTheCancel.class).failures()).containsOnlyKeys("listensToItsMonitor");
    }

    @Test
    void rejectsOptionsThatChangeMoreThanSums() {
        assertThat(Suite.run(DropsTheBurnIn.class).failures()).containsOnlyKeys("optionsChangeSumsOnly");
        assertThat(Suite.run(IgnoresTheOptions.class).failures()).containsOnlyKeys("optionsChangeSumsOnly", "labelsItsResult",
                "retentionChangesNoNumber");
        assertThat(Suite.run(RoundsWhatItKeeps.class).failures()).containsOnlyKeys("retentionChangesNoNumber");
    }

    @Test
    void rejectsGarbageWhereItIsDenied() {
        assertThat(Suite.run(Garbage.class).failures()).containsOnlyKeys("keepingTheLastDateOnlyCostsTheSameForAnyNumberOfDates");
    }

    @Test
    void rejectsSharedState() {
        assertThat(Suite.run(SharesItsModel.class).failures()).containsOnlyKeys("isThreadSafe");
    }

    @Test
    void rejectsCrashing() {
        assertThat(Suite.run(Crashes.class).failures()).containsOnlyKeys("failsOnlyByABetadriftException");
    }

    static class Textbook extends FilterEngineContract {
        @Override
        protected FilterEngine strategy() {
            return SOUND;
        }

        @Override
        protected boolean multivariate() {
            return true;
        }
    }

    static class TextbookWithOneTarget extends FilterEngineContract {
        @Override
        protected FilterEngine strategy() {
            return SOUND;
        }
    }

    /** Fewer cases: they break in the first ones or not at all. */
    abstract static class Broken extends FilterEngineContract {
        @Override
        protected int cases() {
            return 4;
        }
    }

    /** The engine that the laws of constraints compare with. */
    static class Exact extends Broken {
        @Override
        protected FilterEngine strategy() {
            return EXACT;
        }

        @Override
        protected int cases() {
            return 2;
        }

        /** Its infinity is 1e60. */
        @Override
        protected double[] units() {
            return new double[] {1e-3, 1e3};
        }

        @Override
        protected boolean diffuse() {
            return true;
        }

        @Override
        protected boolean constrained() {
            return true;
        }
    }

    /** Filters as if there were none, and says they were all known. */
    static class LeavesConstraintsAside extends Exact {
        @Override
        protected FilterEngine strategy() {
            return (model, sample, options, monitor) -> {
                FilterResult free = EXACT.filter(model.withConstraints(List.of()), sample, options, monitor);
                double[] zeros = new double[sample.periods() * model.constraints().size()];
                return copied(free, model, sample, options, x -> x).constraints(zeros, zeros).diffuseDates(diffuseDates(free))
                        .diffuseObservations(free.diffuseObservations()).build();
            };
        }
    }

    /** Adds the density of every constraint to that of y. */
    static class CountsConstraints extends Exact {
        @Override
        protected FilterEngine strategy() {
            return (model, sample, options, monitor) -> {
                FilterResult sound = EXACT.filter(model, sample, options, monitor);
                if (options.retain() == Retain.FINAL || model.constraints().isEmpty()) {
                    return sound;
                }
                int rows = model.constraints().size();
                int n = sample.periods() * rows;
                int[] t = {0};
                return copied(sound, model, sample, options, x -> x + density(sound, t[0]++))
                        .constraints(IntStream.range(0, n).mapToDouble(i -> sound.constraintInnovation(i / rows, i % rows)).toArray(),
                                IntStream.range(0, n).mapToDouble(i -> sound.constraintVariance(i / rows, i % rows)).toArray())
                        .diffuseDates(diffuseDates(sound)).diffuseObservations(sound.diffuseObservations()).build();
            };
        }

        private static double density(FilterResult pass, int t) {
            double sum = 0;
            for (int i = 0; i < pass.model().constraints().size(); i++) {
                double variance = pass.constraintVariance(t, i);
                double miss = pass.constraintInnovation(t, i);
                sum += variance > 0 ? LikelihoodConvention.FULL.constant(1, 0) - 0.5 * (Math.log(variance) + miss * miss / variance) : 0;
            }
            return sum;
        }
    }

    private static int[] diffuseDates(FilterResult pass) {
        return pass.diffuseDates().stream().mapToInt(date -> pass.sample().dates().indexOf(date)).toArray();
    }

    /** Takes Q of the date before. */
    static class LateNoise extends Broken {
        @Override
        protected FilterEngine strategy() {
            return (model, sample, options, monitor) -> {
                Noise q = model.stateNoise();
                Noise late = q.isConstant() ? q
                        : Noise.varying(IntStream.range(0, q.periods()).mapToObj(t -> q.at(Math.max(0, t - 1))).toList());
                return copy(SOUND.filter(StateSpaceModel.of(model.states(), model.initial(), model.transition(), late,
                        model.observationNoise()), sample, options, monitor), model, sample, options);
            };
        }
    }

    /** Fills the gaps with zeros. */
    static class ZeroForMissing extends Broken {
        @Override
        protected FilterEngine strategy() {
            return (model, sample, options, monitor) -> copy(SOUND.filter(model, changed(sample, y -> Double.isNaN(y) ? 0 : y), options,
                    monitor), model, sample, options);
        }
    }

    /** Takes the mean off y before it filters: a look at the future. */
    static class TakesTheMeanOff extends Broken {
        @Override
        protected FilterEngine strategy() {
            return (model, sample, options, monitor) -> {
                double mean = IntStream.range(0, sample.periods()).mapToDouble(t -> sample.y(t, 0)).filter(y -> !Double.isNaN(y))
                        .average().orElse(0);
                return copy(SOUND.filter(model, changed(sample, y -> y - mean), options, monitor), model, sample, options);
            };
        }
    }

    static class Deaf extends Broken {
        @Override
        protected FilterEngine strategy() {
            return (model, sample, options, monitor) -> SOUND.filter(model, sample, options, Monitor.NONE);
        }
    }

    static class SwallowsTheCancel extends Broken {
        @Override
        protected FilterEngine strategy() {
            return (model, sample, options, monitor) -> {
                try {
                    return SOUND.filter(model, sample, options, monitor);
                } catch (CancelledException e) {
                    return SOUND.filter(model, sample, options, Monitor.NONE);
                }
            };
        }
    }

    /** Counts the dates of the burn-in for nothing at all. */
    static class DropsTheBurnIn extends Broken {
        @Override
        protected FilterEngine strategy() {
            return (model, sample, options, monitor) -> {
                int[] t = {0};
                return copy(SOUND.filter(model, sample, options, monitor), model, sample, options, x -> t[0]++ < options.burnIn() ? 0 : x);
            };
        }
    }

    /** A prior variance of 1e7 where nothing is known. */
    static class LargeVariance extends Broken {
        @Override
        protected boolean diffuse() {
            return true;
        }

        @Override
        protected FilterEngine strategy() {
            return (model, sample, options, monitor) -> {
                double[] variances = new double[model.states().count()];
                for (int k = 0; k < variances.length; k++) {
                    variances[k] = model.initial().isDiffuse(k) ? 1e7 : model.initial().prior().covariance().variance(k);
                }
                InitialState large = InitialState.known(model.initial().prior().mean(), Covariance.diagonal(variances));
                return copy(SOUND.filter(StateSpaceModel.of(model.states(), large, model.transition(), model.stateNoise(),
                        model.observationNoise()), sample, options, monitor), model, sample, options);
            };
        }
    }

    static class IgnoresTheOptions extends Broken {
        @Override
        protected FilterEngine strategy() {
            return (model, sample, options, monitor) -> SOUND.filter(model, sample, FilterOptions.defaults(), monitor);
        }
    }

    /** Another sum, by a last bit, when no terms are kept. */
    static class RoundsWhatItKeeps extends Broken {
        @Override
        protected FilterEngine strategy() {
            return (model, sample, options, monitor) -> {
                FilterResult pass = SOUND.filter(model, sample, options, monitor);
                return options.retain() != Retain.FINAL ? pass : FilterResult.builder(model, sample, options).predicted(pass.predicted())
                        .filtered(pass.filtered()).logLikelihood(Math.nextUp(pass.logLikelihood())).observations(pass.observations()).build();
            };
        }
    }

    /** The textbook makes a few matrices a date. */
    static class Garbage extends Broken {
        @Override
        protected boolean withoutGarbage() {
            return true;
        }

        @Override
        protected FilterEngine strategy() {
            return SOUND;
        }
    }

    static class SharesItsModel extends Broken {
        private StateSpaceModel current;

        @Override
        protected FilterEngine strategy() {
            return (model, sample, options, monitor) -> {
                current = model;
                Thread.yield();
                SOUND.filter(model, sample, options, monitor); // takes a while
                return SOUND.filter(current, sample, options, monitor);
            };
        }
    }

    static class Crashes extends Broken {
        @Override
        protected FilterEngine strategy() {
            return (model, sample, options, monitor) -> {
                sample.date(1);
                return SOUND.filter(model, sample, options, monitor);
            };
        }
    }

    /** The same numbers under other labels. */
    private static FilterResult copy(FilterResult from, StateSpaceModel model, Sample sample, FilterOptions options) {
        return copy(from, model, sample, options, x -> x);
    }

    private static FilterResult copy(FilterResult from, StateSpaceModel model, Sample sample, FilterOptions options,
            DoubleUnaryOperator contribution) {
        return copied(from, model, sample, options, contribution).build();
    }

    private static FilterResult.Builder copied(FilterResult from, StateSpaceModel model, Sample sample, FilterOptions options,
            DoubleUnaryOperator contribution) {
        int n = sample.periods();
        int m = sample.targets().size();
        int k = model.states().count();
        FilterResult.Builder copy = FilterResult.builder(model, sample, options).predicted(from.predicted()).filtered(from.filtered())
                .observations(from.observations()).logLikelihood(from.logLikelihood());
        if (options.retain() == Retain.ALL) {
            copy.gains(IntStream.range(0, n * k * m).mapToDouble(i -> from.gain(i / m / k, i / m % k, i % m)).toArray());
        }
        if (options.retain() != Retain.FINAL) {
            copy.innovations(IntStream.range(0, n * m).mapToDouble(i -> from.innovation(i / m, i % m)).toArray())
                    .innovationCovariances(IntStream.range(0, n * m * m)
                            .mapToDouble(i -> from.innovationCovariance(i / m / m, i / m % m, i % m)).toArray())
                    .standardizedInnovations(IntStream.range(0, n * m).mapToDouble(i -> from.standardizedInnovation(i / m, i % m)).toArray())
                    .logLikelihoods(IntStream.range(0, n).mapToDouble(from::logLikelihood).map(contribution).toArray());
        }
        return copy;
    }

    /** Another y beside the same factors. */
    private static Sample changed(Sample sample, DoubleUnaryOperator change) {
        ReturnPanel.Builder panel = ReturnPanel.builder(sample.dates());
        Sample.Builder builder = null;
        for (String target : sample.targets()) {
            panel.column(target, Arrays.stream(sample.column(target)).map(change).toArray());
            for (String factor : sample.factors(target)) {
                panel.column(factor, Arrays.stream(sample.column(factor)).map(x -> Double.isNaN(x) ? 0 : x).toArray());
            }
            builder = Sample.builder(panel.build()).target(target, sample.factors(target)).intercept(sample.hasIntercept());
        }
        return builder.build();
    }
}
