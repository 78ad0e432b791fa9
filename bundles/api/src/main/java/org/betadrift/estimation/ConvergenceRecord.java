package org.betadrift.estimation;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What a maximisation did, for a person: a verdict in a sentence, what to try next, then the evidence. Immutable. */
public final class ConvergenceRecord {
    /** How derivatives were had. */
    public enum Score {
        /** By the engine. */
        ANALYTIC,
        /** By differences of the log-likelihood. */
        DIFFERENCES,
        /** Not at all: the search used values only. */
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A free parameter at the best mode.
     *
     * @param name as a user knows it, e.g. {@code Q[PFF]}, {@code R}, {@code phi}
     * @param value in the data's units
     * @param standardError NaN where it doesn't exist
     * @param standardErrorKind how it was had, e.g. {@code observed information}, {@code profile likelihood, one-sided}; or why there is none
     * @param atZero whether it is a variance that is exactly zero
     * @param multiplier dLL/dvariance of one at zero, not positive at an optimum; NaN otherwise
     */
    public record Parameter(String name, double value, double standardError, String standardErrorKind, boolean atZero, double multiplier) { }

    /**
     * A local optimum.
     *
     * @param logLikelihood in the convention {@code full}
     * @param parameters in the order of {@link ConvergenceRecord#parameters}
     * @param starts names of the starts that reached it
     */
    public record Mode(double logLikelihood, List<Double> parameters, List<String> starts) {
        /** Copies the lists. */
        public Mode {
            parameters = List.copyOf(parameters);
            starts = List.copyOf(starts);
        }
    }

    /**
     * A profile likelihood: one parameter held, the others at their best for it.
     *
     * @param name of the parameter
     * @param values ascending, in the data's units
     * @param logLikelihoods at them, in the convention {@code full}
     * @param lower where the 95 % interval begins; a bound, such as zero, when the log-likelihood hasn't fallen enough there
     * @param upper where it ends
     */
    public record Profile(String name, List<Double> values, List<Double> logLikelihoods, double lower, double upper) {
        /** Copies the lists. */
        public Profile {
            values = List.copyOf(values);
            logLikelihoods = List.copyOf(logLikelihoods);
        }
    }

    private final boolean converged;
    private final String verdict;
    private final String suggestion;
    private final List<Parameter> parameters;
    private final List<Profile> profiles;
    private final List<Mode> modes;
    private final int stuck;
    private final int evaluations;
    private final Score score;
    private final double gradientNorm;
    private final double condition;
    private final String method;
    private final List<String> notes;

    private ConvergenceRecord(Builder b) {
        converged = b.converged;
        verdict = b.verdict;
        suggestion = b.suggestion;
        parameters = b.parameters;
        profiles = b.profiles;
        modes = b.modes.stream().sorted(Comparator.comparingDouble(Mode::logLikelihood).reversed()).toList();
        stuck = b.stuck;
        evaluations = b.evaluations;
        score = b.score;
        gradientNorm = b.gradientNorm;
        condition = b.condition;
        method = b.method;
        notes = b.notes;
    }

    /** @param verdict one sentence a person can act on */
    public static Builder builder(boolean converged, String verdict) {
        return new Builder(converged, verdict);
    }

    /** Whether the best mode satisfies its optimality conditions. */
    public boolean converged() {
        return converged;
    }

    /** One sentence. */
    public String verdict() {
        return verdict;
    }

    /** What to try next; empty when nothing. */
    public String suggestion() {
        return suggestion;
    }

    /** The free parameters at the best mode. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** Those asked for; empty when none was. */
    public List<Profile> profiles() {
        return profiles;
    }

    /** Names of the variances that are exactly zero. */
    public List<String> atZero() {
        return parameters.stream().filter(Parameter::atZero).map(Parameter::name).toList();
    }

    /** Every local optimum found, best first. */
    public List<Mode> modes() {
        return modes;
    }

    /** How many starts were tried, with those that reached no mode. */
    public int starts() {
        return modes.stream().mapToInt(mode -> mode.starts().size()).sum() + stuck;
    }

    /** Of them, those that reached the best mode. */
    public int startsAgreeing() {
        return modes.isEmpty() ? 0 : modes.get(0).starts().size();
    }

    /** Likelihoods worked out, with or without their derivatives. */
    public int evaluations() {
        return evaluations;
    }

    /** How derivatives were had. */
    public Score score() {
        return score;
    }

    /** Largest derivative with respect to the logarithm of a parameter that isn't at zero, in log-likelihood units; NaN when not worked out. */
    public double gradientNorm() {
        return gradientNorm;
    }

    /** Of the information matrix in unit-free parameters; infinite when a direction is flat, NaN when not worked out. */
    public double condition() {
        return condition;
    }

    /** How the likelihood was worked out, e.g. {@code decoupled: 4 series of 2 states}; empty when there is nothing to tell. */
    public String method() {
        return method;
    }

    /** What else is to be known of the optimum, in sentences: a singular covariance, what a start of the user's alone would have reached. */
    public List<String> notes() {
        return notes;
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final boolean converged;
        private final String verdict;
        private String suggestion = "";
        private List<Parameter> parameters = List.of();
        private List<Profile> profiles = List.of();
        private List<Mode> modes = List.of();
        private int stuck;
        private int evaluations;
        private Score score = Score.NONE;
        private double gradientNorm = Double.NaN;
        private double condition = Double.NaN;
        private String method = "";
        private List<String> notes = List.of();

        private Builder(boolean converged, String verdict) {
            this.converged = converged;
            this.verdict = Objects.requireNonNull(verdict, "verdict");
        }

        /** A sentence. */
        public Builder suggestion(String sentence) {
            suggestion = Objects.requireNonNull(sentence, "suggestion");
            return this;
        }

        /** At the best mode. */
        public Builder parameters(List<Parameter> values) {
            parameters = List.copyOf(values);
            return this;
        }

        /** As asked for. */
        public Builder profiles(List<Profile> values) {
            profiles = List.copyOf(values);
            return this;
        }

        /** In any order. */
        public Builder modes(List<Mode> found) {
            modes = List.copyOf(found);
            return this;
        }

        /** How many starts reached no mode; 0 when nothing is said. */
        public Builder stuck(int count) {
            stuck = count;
            return this;
        }

        /** How much was worked out, and how. */
        public Builder work(int itsEvaluations, Score itsScore) {
            evaluations = itsEvaluations;
            score = itsScore;
            return this;
        }

        /** The evidence of optimality. */
        public Builder certificate(double itsGradientNorm, double itsCondition) {
            gradientNorm = itsGradientNorm;
            condition = itsCondition;
            return this;
        }

        /** As {@link org.betadrift.filter.LikelihoodEvaluator#method}. */
        public Builder method(String itsMethod) {
            method = Objects.requireNonNull(itsMethod, "method");
            return this;
        }

        /** Sentences. */
        public Builder notes(List<String> sentences) {
            notes = List.copyOf(sentences);
            return this;
        }

        /** Complete. */
        public ConvergenceRecord build() {
            return new ConvergenceRecord(this);
        }
    }
}
