package org.betadrift.model;

/**
 * T (K x K) of {@code beta_t = T beta_{t-1} + eta_t}, the same at every date. {@link #isIdentity()} is the random walk
 * and every engine's fast path.
 */
public final class Transition {
    private final Matrix matrix;
    private final boolean identity;

    private Transition(Matrix matrix) {
        this.matrix = matrix;
        this.identity = matrix.equals(Matrix.identity(matrix.rows()));
    }

    /** T = I: exposures wander. */
    public static Transition randomWalk(int states) {
        return new Transition(Matrix.identity(states));
    }

    /** T = diag(phi): exposures return to zero at their own speeds. */
    public static Transition ar1(Vector phi) {
        return new Transition(Matrix.diagonal(phi.toArray()));
    }

    /** @throws InvalidInputException {@code t} isn't square */
    public static Transition fixed(Matrix t) {
        if (t.rows() != t.columns()) {
            throw InvalidInputException.of("T", t.rows() + " x " + t.columns(), "a transition is square", "pass K x K");
        }
        return new Transition(t);
    }

    /** K. */
    public int dimension() {
        return matrix.rows();
    }

    /** Whether T = I. */
    public boolean isIdentity() {
        return identity;
    }

    /** T. */
    public Matrix matrix() {
        return matrix;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Transition t && matrix.equals(t.matrix);
    }

    @Override
    public int hashCode() {
        return matrix.hashCode();
    }

    @Override
    public String toString() {
        return identity ? "random-walk" : matrix.toString();
    }
}
