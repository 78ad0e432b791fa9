package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.filter.CancelledException;
import org.betadrift.filter.FilterOptions;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.junit.jupiter.api.Test;

/** A sound strategy passes every law; each broken one fails the law it breaks, and the message says how. */
class StateNoiseContractTest {
    @Test
    void acceptsSoundStrategies() {
        assertThat(Suite.run(Sound.class).failures()).isEmpty();
        assertThat(Suite.run(SoundWithOptions.class).failures()).isEmpty();
        assertThat(Suite.run(Sound.class).tests()).isEqualTo(13);
    }

    @Test
    void rejectsLookingAheadInSilence() {
        assertThat(Suite.run(LooksAhead.class).failures()).containsOnlyKeys("isCausalFromWhereItSays");
        assertThat(Suite.run(LooksAhead.class).failures().get("isCausalFromWhereItSays"))
                .contains("seed 0", "it says \"causal\", but without the rows after ", "Q(");
        assertThat(Suite.run(LooksOneDayAhead.class).failures()).containsOnlyKeys("isCausalFromWhereItSays");
        assertThat(Suite.run(CantBeShortened.class).failures().get("isCausalFromWhereItSays")).contains("refuses every shorter sample");
    }

    @Test
    void rejectsWhatIsNotDeterministic() {
        assertThat(Suite.run(Counts.class).failures()).containsKeys("isDeterministic", "isThreadSafe");
    }

    @Test
    void rejectsAWorkspaceThatThreadsShare() {
        assertThat(Suite.run(SharesItsWorkspace.class).failures()).containsOnlyKeys("isThreadSafe");
        assertThat(Suite.run(SharesItsWorkspace.class).failures().get("isThreadSafe")).contains("from 4 threads at once", "seed ");
    }

    @Test
    void rejectsAWrongShape() {
        assertThat(Suite.run(OneRowTooMany.class).failures().get("fitsTheSample")).contains("seed 0", "dimension of Q");
        assertThat(Suite.run(OneDateTooFew.class).failures().get("fitsTheSample")).contains("dates of Q");
    }

    @Test
    void rejectsForgettingMissingValues() {
        assertThat(Suite.run(ForgetsGaps.class).failures().get("takesGapsOrRefusesThem")).contains("gaps", "NaN");
        assertThat(Suite.run(SaysItTakesNoGaps.class).failures()).containsOnlyKeys("takesGapsOrRefusesThem");
    }

    @Test
    void rejectsCrashing() {
        assertThat(Suite.run(Crashes.class).failures()).containsOnlyKeys("failsOnlyByABetadriftException", "isCausalFromWhereItSays");
        assertThat(Suite.run(Crashes.class).failures().get("failsOnlyByABetadriftException")).contains("first 1", "ArrayIndexOutOfBounds");
        assertThat(Suite.run(Nothing.class).failures().get("fitsTheSample")).contains("the estimate");
    }

    @Test
    void rejectsOptionsThatAreNotReadOrNotDeclared() {
        assertThat(Suite.run(IgnoresAnOption.class).failures()).containsOnlyKeys("readsEveryOptionItDeclares");
        assertThat(Suite.run(ReadsAnUndeclaredOption.class).failures().get("fitsTheSample"))
                .contains("option scale of the strategy has no default");
    }

    @Test
    void rejectsUnitsAndOrdersThatAreNotAsSaid() {
        assertThat(Suite.run(SaysNothingOfUnits.class).failures()).containsOnlyKeys("followsTheUnitsOfTheTarget",
                "followsTheUnitsOfAFactor");
        assertThat(Suite.run(CountsPlaces.class).failures()).containsOnlyKeys("doesNotDependOnTheOrderOfFactors");
    }

    @Test
    void rejectsChangingTheSample() {
        assertThat(Suite.run(ChangesTheSample.class).failures()).containsKey("leavesItsInputAlone");
    }

    @Test
    void rejectsGoingOnAfterACancel() {
        assertThat(Suite.run(SwallowsTheCancel.class).failures()).containsOnlyKeys("letsACancelledRunEnd");
        assertThat(Suite.run(SwallowsTheCancel.class).failures().get("letsACancelledRunEnd")).contains("the estimate went on");
    }

    @Test
    void rejectsWarningsThatAreNoSentences() {
        assertThat(Suite.run(WarnsWithNothing.class).failures()).containsOnlyKeys("warnsInSentences");
    }

    /** Q from the mean square of each factor, over the dates up to each one: what the broken ones are made from. */
    abstract static class FactorSquares extends StateNoiseContract {
        @Override
        protected StateNoiseEstimator strategy() {
            return this::estimate;
        }

        @Override
        protected int cases() {
            return 4;
        }

        @Override
        protected ScaleLaw byTarget() {
            return ScaleLaw.power(0);
        }

        @Override
        protected ScaleLaw byFactor() {
            return ScaleLaw.power(1);
        }

        @Override
        protected boolean multivariate() {
            return true;
        }

        Estimate<Noise> estimate(EstimationContext context) {
            return Estimate.of(Noise.varying(perDate(context.sample(), 0)), CausalFrom.always());
        }

        /** @param ahead dates after its own that a value sees */
        static List<Covariance> perDate(Sample sample, int ahead) {
            List<Covariance> q = new ArrayList<>();
            for (int t = 0; t < sample.periods(); t++) {
                q.add(Covariance.diagonal(meanSquares(sample, Math.min(sample.periods() - 1, t + ahead))));
            }
            return q;
        }

        static double[] meanSquares(Sample sample, int until) {
            double[] squares = new double[sample.states().count()];
            for (int k = 0; k < squares.length; k++) {
                boolean alpha = sample.states().names().get(k).factor().equals("alpha");
                for (int t = 0; t <= until && !alpha; t++) {
                    double x = sample.regressor(t, k);
                    squares[k] += Double.isNaN(x) ? 0 : x * x / (until + 1);
                }
            }
            return squares;
        }
    }

    static class Sound extends FactorSquares { }

    /** Needs the engine, a prior, R, an option; takes no gaps; knows the past from its 20th row on. */
    static class SoundWithOptions extends StateNoiseContract {
        @Override
        protected StateNoiseEstimator strategy() {
            return context -> {
                Sample sample = context.sample();
                if (sample.observations() < sample.periods() * sample.targets().size()) {
                    throw InvalidInputException.of("sample", "incomplete", "it must have no gaps", "fill them");
                }
                int rows = (int) context.options().number("rows", 1, 1000);
                CausalFrom from = CausalFrom.afterRows(sample, rows);
                Noise q = Noise.constant(Covariance.diagonal(FactorSquares.meanSquares(sample, rows - 1)));
                context.engine().filter(StateSpaceModel.of(sample.states(), context.initialState(), context.transition(), q,
                        context.observationNoise()), sample, FilterOptions.defaults(), context.monitor());
                return Estimate.of(q, from).withWarning("a rule of thumb");
            };
        }

        @Override
        protected String[] options() {
            return new String[] {"rows=20"};
        }

        @Override
        protected boolean takesGaps() {
            return false;
        }

        @Override
        protected ScaleLaw byTarget() {
            return ScaleLaw.power(0);
        }

        @Override
        protected ScaleLaw byFactor() {
            return ScaleLaw.power(1);
        }
    }

    static class LooksAhead extends FactorSquares {
        @Override
        Estimate<Noise> estimate(EstimationContext context) {
            Sample sample = context.sample();
            return Estimate.of(Noise.constant(Covariance.diagonal(meanSquares(sample, sample.periods() - 1))), CausalFrom.always());
        }
    }

    static class LooksOneDayAhead extends FactorSquares {
        @Override
        Estimate<Noise> estimate(EstimationContext context) {
            return Estimate.of(Noise.varying(perDate(context.sample(), 1)), CausalFrom.always());
        }
    }

    /** Needs to know how it ends. */
    static class CantBeShortened extends FactorSquares {
        @Override
        Estimate<Noise> estimate(EstimationContext context) {
            if (context.sample().periods() < dates()) {
                throw InvalidInputException.of("number of dates", context.sample().periods(), "it must be " + dates(), "give them all");
            }
            return super.estimate(context);
        }
    }

    static class Counts extends FactorSquares {
        private final AtomicLong calls = new AtomicLong();

        @Override
        Estimate<Noise> estimate(EstimationContext context) {
            int k = context.sample().states().count();
            return Estimate.of(Noise.constant(Covariance.scalar(k, calls.incrementAndGet())), CausalFrom.always());
        }
    }

    static class SharesItsWorkspace extends FactorSquares {
        private double[] workspace = new double[0];

        @Override
        Estimate<Noise> estimate(EstimationContext context) {
            Sample sample = context.sample();
            workspace = meanSquares(sample, sample.periods() - 1);
            Thread.yield();
            perDate(sample, 0); // takes a while
            double[] mine = Arrays.copyOf(workspace, sample.states().count());
            return Estimate.of(Noise.constant(Covariance.diagonal(mine)), CausalFrom.never());
        }
    }

    static class OneRowTooMany extends FactorSquares {
        @Override
        Estimate<Noise> estimate(EstimationContext context) {
            return Estimate.of(Noise.constant(Covariance.scalar(context.sample().states().count() + 1, 1)), CausalFrom.always());
        }
    }

    static class OneDateTooFew extends FactorSquares {
        @Override
        Estimate<Noise> estimate(EstimationContext context) {
            List<Covariance> q = perDate(context.sample(), 0);
            return Estimate.of(Noise.varying(q.subList(0, Math.max(1, q.size() - 1))), CausalFrom.always());
        }
    }

    static class ForgetsGaps extends FactorSquares {
        @Override
        Estimate<Noise> estimate(EstimationContext context) {
            double sum = 0;
            for (int t = 0; t < context.sample().periods(); t++) {
                sum += context.sample().y(t, 0) * context.sample().y(t, 0);
            }
            return Estimate.of(Noise.constant(Covariance.scalar(context.sample().states().count(), sum)), CausalFrom.never());
        }
    }

    static class SaysItTakesNoGaps extends FactorSquares {
        @Override
        protected boolean takesGaps() {
            return false;
        }
    }

    static class Crashes extends FactorSquares {
        @Override
        Estimate<Noise> estimate(EstimationContext context) {
            double[] needed = new double[context.sample().periods()];
            needed[1] = 1;
            return super.estimate(context);
        }
    }

    static class Nothing extends FactorSquares {
        @Override
        Estimate<Noise> estimate(EstimationContext context) {
            return null;
        }
    }

    static class IgnoresAnOption extends FactorSquares {
        @Override
        protected String[] options() {
            return new String[] {"scale=1"};
        }
    }

    static class ReadsAnUndeclaredOption extends FactorSquares {
        @Override
        Estimate<Noise> estimate(EstimationContext context) {
            context.options().number("scale", 0, 1);
            return super.estimate(context);
        }
    }

    static class SaysNothingOfUnits extends FactorSquares {
        @Override
        protected ScaleLaw byTarget() {
            return ScaleLaw.power(2);
        }

        @Override
        protected ScaleLaw byFactor() {
            return ScaleLaw.power(-1);
        }
    }

    static class CountsPlaces extends FactorSquares {
        @Override
        Estimate<Noise> estimate(EstimationContext context) {
            double[] q = meanSquares(context.sample(), 0);
            for (int k = 0; k < q.length; k++) {
                q[k] *= k + 1;
            }
            return Estimate.of(Noise.constant(Covariance.diagonal(q)), CausalFrom.never());
        }
    }

    static class ChangesTheSample extends FactorSquares {
        @Override
        Estimate<Noise> estimate(EstimationContext context) {
            try {
                Field y = Sample.class.getDeclaredField("y");
                y.setAccessible(true);
                ((double[][]) y.get(context.sample()))[0][0] = 42;
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
            return super.estimate(context);
        }
    }

    static class SwallowsTheCancel extends FactorSquares {
        @Override
        Estimate<Noise> estimate(EstimationContext context) {
            try {
                context.monitor().progress(0, "squares");
            } catch (CancelledException e) {
                // and on it goes
            }
            return super.estimate(context);
        }
    }

    static class WarnsWithNothing extends FactorSquares {
        @Override
        Estimate<Noise> estimate(EstimationContext context) {
            return super.estimate(context).withWarning(" ");
        }
    }
}
