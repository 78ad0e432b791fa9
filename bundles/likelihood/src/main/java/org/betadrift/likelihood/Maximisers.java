package org.betadrift.likelihood;

/** The searches there are. They differ in how they climb; starts, zeros, certificate and record are the same. */
public final class Maximisers {
    private Maximisers() { }

    /** Projected BFGS with the engine's score: the default, and by far the fastest. */
    public static Maximiser bfgs() {
        return new MultiStart(new ProjectedBfgs());
    }

    /** Powell's BOBYQA, without derivatives, by commons-math3. */
    public static Maximiser bobyqa() {
        return new MultiStart(new DerivativeFree(DerivativeFree.Method.BOBYQA));
    }

    /** CMA-ES, an evolution strategy (Hansen), seeded, by commons-math3: slow, and hard to trap. */
    public static Maximiser cmaEs() {
        return new MultiStart(new DerivativeFree(DerivativeFree.Method.CMA_ES));
    }
}
