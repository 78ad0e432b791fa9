package org.betadrift.likelihood;

/** A search from one place uphill. Stateless. */
interface Climb {
    /**
     * @param start coordinates, where the likelihood has a value
     * @param inverse a guess of the inverse of minus the second derivatives in search coordinates; null for none
     */
    Optimum from(Objective objective, double[] start, double[][] inverse, Watch watch);
}
