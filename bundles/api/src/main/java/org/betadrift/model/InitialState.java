package org.betadrift.model;

import java.util.Arrays;

/**
 * What is known before the first observation: {@code (beta_0|0, P_0|0)} for the known components; the others are exactly
 * diffuse at {@code beta_1|0} (an infinite variance, not a large one). Or nothing but that the states are in equilibrium:
 * {@link #stationary}, which a complete model turns into numbers. Immutable.
 */
public final class InitialState {
    private final GaussianState prior;
    private final boolean[] diffuse;
    private final boolean stationary;

    private InitialState(GaussianState prior, boolean[] diffuse, boolean stationary) {
        this.prior = prior;
        this.diffuse = diffuse;
        this.stationary = stationary;
    }

    /** Every component is known: N(mean, covariance) at time 0. @throws InvalidInputException the dimensions differ */
    public static InitialState known(Vector mean, Covariance covariance) {
        return new InitialState(new GaussianState(mean, covariance), new boolean[mean.size()], false);
    }

    /** No component is known. */
    public static InitialState diffuse(int states) {
        boolean[] all = new boolean[states];
        Arrays.fill(all, true);
        return mixed(nothing(states), all);
    }

    /**
     * The distribution that T, c and Q leave unchanged. {@link StateSpaceModel} works it out, and refuses a T with a unit root.
     */
    public static InitialState stationary(int states) {
        return new InitialState(nothing(states), new boolean[states], true);
    }

    private static GaussianState nothing(int states) {
        return new GaussianState(Vector.filled(states, 0), Covariance.scalar(states, 0));
    }

    /**
     * @param prior of the known components; zero where a component is diffuse
     * @param diffuse one flag a state; copied
     * @throws InvalidInputException the lengths differ, or a diffuse component has a prior
     */
    public static InitialState mixed(GaussianState prior, boolean... diffuse) {
        int n = prior.mean().size();
        if (diffuse.length != n) {
            throw InvalidInputException.of("number of diffuse flags", diffuse.length, "there are " + n + " states", "pass one flag a state");
        }
        for (int i = 0; i < n; i++) {
            if (diffuse[i] && (prior.mean().get(i) != 0 || prior.covariance().variance(i) != 0)) {
                throw InvalidInputException.of("prior of diffuse state " + i, "N(" + prior.mean().get(i) + ", " + prior.covariance().variance(i) + ")",
                        "a diffuse state has no prior", "put zero mean and variance there");
            }
        }
        return new InitialState(prior, diffuse.clone(), false);
    }

    /** K. */
    public int dimension() {
        return diffuse.length;
    }

    /** {@code (beta_0|0, P_0|0)}; zero where a component is diffuse. @throws IllegalStateException {@link #isStationary} */
    public GaussianState prior() {
        if (stationary) {
            throw new IllegalStateException("a stationary initial state has no numbers before T and Q are known: ask a complete model");
        }
        return prior;
    }

    /** Whether this component starts with an infinite variance. */
    public boolean isDiffuse(int state) {
        return diffuse[state];
    }

    /** Whether any component is diffuse. */
    public boolean hasDiffuse() {
        for (boolean d : diffuse) {
            if (d) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is the equilibrium of a T and Q that are not known yet; never so in a complete model. */
    public boolean isStationary() {
        return stationary;
    }
}
