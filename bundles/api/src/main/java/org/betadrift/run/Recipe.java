package org.betadrift.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.LikelihoodConvention;
import org.betadrift.filter.Retain;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;

/**
 * What to do, by names only: no data, no service, no class. Immutable. Complete or not constructible: an initial state
 * and both noises, no silent default. The noises are chosen one by one, or by a joint strategy instead of both, or beside one of
 * them: the half that it doesn't fit, or begins from.
 */
public final class Recipe {
    private static final String LOCAL_LINEAR_TREND = "local-linear-trend";

    private final Map<String, List<String>> factors;
    private final boolean intercept;
    private final Choice transition;
    private final Choice initial;
    private final Choice observationNoise;
    private final Choice stateNoise;
    private final Choice joint;
    private final Choice engine;
    private final FilterOptions filterOptions;
    private final boolean elapsed;
    private final boolean smooth;
    private final Reestimation pointInTime;
    private final List<ConstraintExpression> constraints;
    private final boolean compareUnconstrained;
    private final Choice path;
    private final long seed;

    private Recipe(Builder b) {
        factors = Collections.unmodifiableMap(new LinkedHashMap<>(b.factors));
        intercept = b.intercept;
        transition = b.transition;
        initial = require(b.initial, "initial state", "for example initial ols, or known:mean=...,variance=...");
        joint = b.joint;
        observationNoise = joint != null ? b.observationNoise
                : require(b.observationNoise, "observation noise", "for example observation-noise ols, or fixed:..., or joint mle for both noises");
        stateNoise = joint != null ? b.stateNoise
                : require(b.stateNoise, "state noise", "for example state-noise factor-vol, or fixed:..., or joint mle for both noises");
        engine = b.engine;
        filterOptions = b.filterOptions;
        elapsed = b.elapsed;
        smooth = b.smooth;
        pointInTime = b.pointInTime;
        constraints = List.copyOf(b.constraints);
        compareUnconstrained = b.compareUnconstrained;
        path = b.path;
        seed = b.seed;
        requireRoomForJoint();
        requireConstraintsToCompareWithout();
        requireWhatPointInTimeCanDo();
    }

    private void requireWhatPointInTimeCanDo() {
        if (pointInTime == null) {
            return;
        }
        if (smooth) {
            throw InvalidInputException.of("smooth", true, "a point-in-time run has another model on each vintage's dates and never looks back, and a"
                    + " smoother looks back from the end with one model", "leave out one of the two");
        }
        if (elapsed) {
            throw InvalidInputException.of("elapsed", true, "a vintage doesn't know the median distance of dates that are still to come",
                    "leave out elapsed, or point in time");
        }
        if (wantsPath()) {
            throw InvalidInputException.of(path == null ? "constraint " + inequalities().get(0) : "path " + path, "asked of a point-in-time run",
                    "a path has one model on every date, and such a run has another on each vintage's", "leave it out, or point in time");
        }
        if (filterOptions.retain() == Retain.FINAL) {
            throw InvalidInputException.of("retain", Retain.FINAL, "a point-in-time run is put together from the dates of its vintages",
                    "retain means, or all");
        }
    }

    private void requireConstraintsToCompareWithout() {
        if (compareUnconstrained && constraints.isEmpty()) {
            throw InvalidInputException.of("compare unconstrained", true, "there is no constraint to leave out", "give one, for example sum=1");
        }
    }

    private void requireRoomForJoint() {
        if (joint != null && observationNoise != null && stateNoise != null) {
            throw InvalidInputException.of("joint", joint, "observation noise " + observationNoise + " and state noise " + stateNoise
                    + " leave it nothing to fit", "take out the half it is to fit, or joint");
        }
        if (joint != null && elapsed) {
            throw InvalidInputException.of("joint", joint, "elapsed days would scale the Q it has fitted without them",
                    "leave out elapsed, or choose state noise and observation noise one by one");
        }
    }

    private static Choice require(Choice choice, String part, String remedy) {
        if (choice == null) {
            throw InvalidInputException.of(part, "not chosen", "there are no silent defaults", remedy);
        }
        return choice;
    }

    /** Nothing chosen yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** Target to its factors, in order. */
    public Map<String, List<String>> factors() {
        return factors;
    }

    /** Whether every target has an alpha. */
    public boolean intercept() {
        return intercept;
    }

    /** T: {@code random-walk} unless chosen, and shown in every result. */
    public Choice transition() {
        return transition;
    }

    /** An InitialStateEstimator. */
    public Choice initial() {
        return initial;
    }

    /** An ObservationNoiseEstimator; empty where {@link #joint} finds R from nothing. */
    public Optional<Choice> observationNoise() {
        return Optional.ofNullable(observationNoise);
    }

    /** A StateNoiseEstimator; empty where {@link #joint} finds Q from nothing. */
    public Optional<Choice> stateNoise() {
        return Optional.ofNullable(stateNoise);
    }

    /** A JointNoiseEstimator; empty where both noises are chosen. */
    public Optional<Choice> joint() {
        return Optional.ofNullable(joint);
    }

    /** A FilterEngine; empty: the first by ranking, and for the likelihoods of a joint strategy {@code covariance}, where it is present. */
    public Optional<Choice> engine() {
        return Optional.ofNullable(engine);
    }

    /** Convention, burn-in and retention. */
    public FilterOptions filterOptions() {
        return filterOptions;
    }

    /** Whether Q of a date counts the days since the date before ({@link org.betadrift.model.Elapsed}). */
    public boolean elapsed() {
        return elapsed;
    }

    /** Whether the run is smoothed too, by the Smoother {@code fixed-interval}. */
    public boolean smooth() {
        return smooth;
    }

    /** When everything is estimated anew; empty where that is done once, on the whole sample. */
    public Optional<Reestimation> pointInTime() {
        return Optional.ofNullable(pointInTime);
    }

    /** What the exposures must satisfy, in words; empty where they are free. */
    public List<ConstraintExpression> constraints() {
        return constraints;
    }

    /** Whether the run is made without its constraints too, and both are shown together. */
    public boolean compareUnconstrained() {
        return compareUnconstrained;
    }

    /** The same without constraints: every strategy is asked again, none is told of them. */
    public Recipe unconstrained() {
        Builder b = new Builder();
        b.factors.putAll(factors);
        b.intercept = intercept;
        b.transition = transition;
        b.initial = initial;
        b.observationNoise = observationNoise;
        b.stateNoise = stateNoise;
        b.joint = joint;
        b.engine = engine;
        b.filterOptions = filterOptions;
        b.elapsed = elapsed;
        b.smooth = smooth;
        b.pointInTime = pointInTime;
        b.seed = seed;
        return b.build();
    }

    /** Those of them that no filter can keep; they bind {@link #path}. */
    public List<ConstraintExpression> inequalities() {
        return constraints.stream().filter(constraint -> constraint.relation() != StateConstraint.Relation.EQUAL).toList();
    }

    /** A PathEstimator; empty: where there are inequalities, the first by ranking. */
    public Optional<Choice> path() {
        return Optional.ofNullable(path);
    }

    /** Whether the whole path is estimated under every constraint: one was chosen, or a constraint is an inequality. */
    public boolean wantsPath() {
        return path != null || !inequalities().isEmpty();
    }

    /** Of everything random in the run, the draws of the path; 1 unless chosen. */
    public long seed() {
        return seed;
    }

    /**
     * The same in numbers, for a sample that this recipe has cut.
     *
     * @throws InvalidInputException as {@link ConstraintExpression#rows}
     */
    public List<StateConstraint> constraintRows(Sample sample) {
        return constraints.stream().flatMap(constraint -> constraint.rows(sample).stream()).toList();
    }

    /**
     * The sample this recipe cuts from a panel; a local linear trend adds a slope to every exposure.
     *
     * @throws InvalidInputException the panel can't carry it
     */
    public Sample sample(ReturnPanel panel) {
        Sample.Builder s = Sample.builder(panel).intercept(intercept).slopes(transition.name().equals(LOCAL_LINEAR_TREND));
        factors.forEach(s::target);
        return s.build();
    }

    /** Not thread-safe. Strings are {@link Choice#parse}d at once. */
    public static final class Builder {
        private final Map<String, List<String>> factors = new LinkedHashMap<>();
        private boolean intercept;
        private Choice transition = Choice.parse("random-walk");
        private Choice initial;
        private Choice observationNoise;
        private Choice stateNoise;
        private Choice joint;
        private Choice engine;
        private FilterOptions filterOptions = FilterOptions.defaults();
        private boolean elapsed;
        private boolean smooth;
        private Reestimation pointInTime;
        private final List<ConstraintExpression> constraints = new ArrayList<>();
        private boolean compareUnconstrained;
        private Choice path;
        private long seed = 1;

        private Builder() { }

        /** Adds a target with its factors, in order. */
        public Builder target(String target, String... itsFactors) {
            if (factors.put(target, List.of(itsFactors)) != null) {
                throw InvalidInputException.of("target " + target, "given twice", "once is enough", "name each target once");
            }
            return this;
        }

        /** Adds alpha, the first state. */
        public Builder intercept(boolean on) {
            intercept = on;
            return this;
        }

        /**
         * @param choice random-walk, ar1:PHI, mean-reverting:PHI or mean-reverting:PHI:MEAN (without MEAN to the mean of a known
         *     initial state), local-linear-trend, fixed:a,b,... (the diagonal of T) or fixed-matrix:a,b/c,d; PHI and MEAN are one
         *     number, or one a state
         */
        public Builder transition(String choice) {
            transition = Choice.parse(choice);
            return this;
        }

        /** @param choice an InitialStateEstimator */
        public Builder initial(String choice) {
            initial = Choice.parse(choice);
            return this;
        }

        /** @param choice an ObservationNoiseEstimator */
        public Builder observationNoise(String choice) {
            observationNoise = Choice.parse(choice);
            return this;
        }

        /** @param choice a StateNoiseEstimator */
        public Builder stateNoise(String choice) {
            stateNoise = Choice.parse(choice);
            return this;
        }

        /**
         * Instead of both noises, or beside the one that the strategy doesn't fit ({@code mle-q} beside an observation noise,
         * {@code mle-r} beside a state noise) or begins from ({@code mle-q-then-r} beside an observation noise).
         *
         * @param choice a JointNoiseEstimator
         */
        public Builder joint(String choice) {
            joint = Choice.parse(choice);
            return this;
        }

        /** @param choice a FilterEngine */
        public Builder engine(String choice) {
            engine = Choice.parse(choice);
            return this;
        }

        /** Of the reported log-likelihood. */
        public Builder convention(LikelihoodConvention c) {
            filterOptions = filterOptions.withConvention(c);
            return this;
        }

        /** Dates left out of every sum and table. */
        public Builder burnIn(int dates) {
            filterOptions = filterOptions.withBurnIn(dates);
            return this;
        }

        /** What is kept of every date: everything unless said. Diagnostics that need more than that are left out, with a warning. */
        public Builder retain(Retain what) {
            filterOptions = filterOptions.withRetain(what);
            return this;
        }

        /** Q of a date counts the days since the date before, in the sample's median distance; T applies once a date all the same. */
        public Builder elapsed(boolean on) {
            elapsed = on;
            return this;
        }

        /** Smooths too; smoothed exposures know the whole sample. */
        public Builder smooth(boolean on) {
            smooth = on;
            return this;
        }

        /**
         * Estimates everything anew on an expanding window, and lets each estimation serve the dates after it only: causal whatever
         * the strategies do. Not beside smoothing, elapsed days, inequalities or a path.
         */
        public Builder pointInTime(Reestimation when) {
            pointInTime = when;
            return this;
        }

        /** Adds one. @param expression as {@link ConstraintExpression#parse} reads it */
        public Builder constraint(String expression) {
            constraints.add(ConstraintExpression.parse(expression));
            return this;
        }

        /** Makes the run without its constraints too, the noises estimated anew, and tests the restriction against it where that can be tested. */
        public Builder compareUnconstrained(boolean on) {
            compareUnconstrained = on;
            return this;
        }

        /** The whole path under every constraint; without a choice it is estimated where a constraint is an inequality. @param choice a PathEstimator */
        public Builder path(String choice) {
            path = Choice.parse(choice);
            return this;
        }

        /** Of everything random: the same seed, the same run. */
        public Builder seed(long number) {
            seed = number;
            return this;
        }

        /** @throws InvalidInputException that names the part left open and how to close it */
        public Recipe build() {
            return new Recipe(this);
        }
    }
}
