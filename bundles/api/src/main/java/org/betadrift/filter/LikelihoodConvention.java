package org.betadrift.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.betadrift.model.InvalidInputException;

/** Which constants a log-likelihood counts, for N observed cells, d of them diffuse. */
public enum LikelihoodConvention {
    /** -1/2 log 2 pi for every observed cell (statsmodels; Durbin and Koopman 2012, 7.2.2). */
    FULL,
    /** None for the d diffuse ones (KFAS). */
    NO_CONSTANT_DIFFUSE,
    /** None at all (dlm); refused under a diffuse start. */
    NO_CONSTANT;

    /** The name users write, e.g. {@code no-constant-diffuse}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws InvalidInputException that lists the conventions */
    public static LikelihoodConvention parse(String text) {
        List<String> names = Arrays.stream(values()).map(LikelihoodConvention::toString).toList();
        int i = names.indexOf(text);
        if (i < 0) {
            throw InvalidInputException.unknown("convention", text, names);
        }
        return values()[i];
    }

    /**
     * The constant this convention counts.
     *
     * @param observations observed cells, N
     * @param diffuse of them diffuse, d
     * @throws InvalidInputException {@link #NO_CONSTANT} under a diffuse start
     */
    public double constant(int observations, int diffuse) {
        if (this == NO_CONSTANT && diffuse > 0) {
            throw InvalidInputException.of("convention", this, "the start is diffuse", "use full or no-constant-diffuse");
        }
        int counted = this == FULL ? observations : this == NO_CONSTANT_DIFFUSE ? observations - diffuse : 0;
        return -0.5 * Math.log(2 * Math.PI) * counted;
    }

    /**
     * The same log-likelihood in another convention, exactly.
     *
     * @param logLikelihood in this convention
     * @param observations observed cells, N ({@link FilterResult#observations()})
     * @param diffuse of them diffuse, d ({@link FilterResult#diffuseObservations()})
     * @throws InvalidInputException either is {@link #NO_CONSTANT} under a diffuse start
     */
    public double convert(double logLikelihood, LikelihoodConvention to, int observations, int diffuse) {
        return logLikelihood + (to.constant(observations, diffuse) - constant(observations, diffuse));
    }
}
