package org.betadrift.model;

import java.util.List;

/**
 * T_t (K x K) and c (K) of {@code beta_t = c + T_t beta_{t-1} + eta_t}: one T for every date, or one per date. T_t belongs
 * to the predict INTO date t. {@link #isIdentity()} is the random walk and every engine's fast path. Immutable.
 */
public final class Transition {
    private final List<Matrix> matrices; // one, or one a date
    private final Vector constant;
    private final boolean varies;
    private final boolean identity;

    private Transition(List<Matrix> matrices, Vector constant, boolean varies) {
        this.matrices = List.copyOf(matrices);
        this.constant = constant;
        this.varies = varies;
        for (Matrix t : matrices) {
            if (t.rows() != constant.size() || t.columns() != constant.size()) {
                throw InvalidInputException.of("T", t.rows() + " x " + t.columns(), "a transition of " + constant.size()
                        + " states is square", "pass K x K");
            }
        }
        identity = !varies && matrices.get(0).equals(Matrix.identity(constant.size())) && constant.equals(Vector.filled(constant.size(), 0));
    }

    /** T = I: exposures wander. */
    public static Transition randomWalk(int states) {
        return fixed(Matrix.identity(states));
    }

    /** T = diag(phi): exposures return to zero at their own speeds. */
    public static Transition ar1(Vector phi) {
        return fixed(Matrix.diagonal(phi.toArray()));
    }

    /**
     * {@code beta_t = mean + phi (beta_{t-1} - mean) + eta_t}: exposures return to a level of their own, c = (1 - phi) mean.
     *
     * @param phi K
     * @param mean K
     * @throws InvalidInputException the sizes differ
     */
    public static Transition meanReverting(Vector phi, Vector mean) {
        if (phi.size() != mean.size()) {
            throw InvalidInputException.of("size of the mean", mean.size(), "phi has " + phi.size() + " entries", "pass one of each a state");
        }
        double[] c = mean.toArray();
        for (int i = 0; i < c.length; i++) {
            c[i] *= 1 - phi.get(i);
        }
        return new Transition(List.of(Matrix.diagonal(phi.toArray())), Vector.of(c), false);
    }

    /**
     * {@code level_t = level_{t-1} + slope_{t-1} + eta_t} for every state that has a slope, a random walk for the others and
     * for the slopes.
     *
     * @param states as a sample with slopes has them
     */
    public static Transition localLinearTrend(States states) {
        int k = states.count();
        double[] t = Matrix.identity(k).toArray();
        for (int level = 0; level < k; level++) {
            int slope = states.names().indexOf(states.names().get(level).slope());
            if (slope >= 0) {
                t[level * k + slope] = 1;
            }
        }
        return fixed(Matrix.of(k, k, t));
    }

    /** @throws InvalidInputException {@code t} isn't square */
    public static Transition fixed(Matrix t) {
        return new Transition(List.of(t), Vector.filled(t.rows(), 0), false);
    }

    /** The same with a constant c. @throws InvalidInputException the sizes differ */
    public Transition withConstant(Vector c) {
        return new Transition(matrices, c, varies);
    }

    /**
     * @param perDate n square matrices of one size, in date order; T_0 is used with a known initial state only
     * @throws InvalidInputException there is none, or their sizes differ
     */
    public static Transition varying(List<Matrix> perDate) {
        if (perDate.isEmpty()) {
            throw InvalidInputException.of("number of transitions", 0, "there is one a date", "pass n of them");
        }
        return new Transition(perDate, Vector.filled(perDate.get(0).rows(), 0), true);
    }

    /** K. */
    public int dimension() {
        return constant.size();
    }

    /** Whether T = I and c = 0 at every date. */
    public boolean isIdentity() {
        return identity;
    }

    /** Whether every date has the same T. */
    public boolean isConstant() {
        return !varies;
    }

    /** Dates held; 0 when {@link #isConstant()}. */
    public int periods() {
        return varies ? matrices.size() : 0;
    }

    /** T_t. */
    public Matrix matrix(int t) {
        return matrices.get(varies ? t : 0);
    }

    /** c. */
    public Vector constant() {
        return constant;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Transition t && matrices.equals(t.matrices) && constant.equals(t.constant) && varies == t.varies;
    }

    @Override
    public int hashCode() {
        return 31 * matrices.hashCode() + constant.hashCode();
    }

    @Override
    public String toString() {
        String t = identity ? "random-walk" : varies ? dimension() + " x " + dimension() + " on " + matrices.size() + " dates" : matrices.get(0).toString();
        return constant.equals(Vector.filled(dimension(), 0)) ? t : t + " + " + constant;
    }
}
