package org.betadrift.filter.internal;

/**
 * What every date takes of {@link UdFactor}, without loops: for finite, positive variances only. No state, no
 * allocation.
 */
interface UdSteps {
    /** Above it a loop does it. */
    int MOST_STATES = 10;

    /**
     * {@link UdFactor#condition} where r and all of D are positive and finite.
     *
     * @param u by columns, above the diagonal
     * @param gain written
     * @return S
     */
    double condition(double[] u, double[] d, double[] h, int at, double r, double[] gain);

    /** {@link UdFactor#addToState} for every state, where q and D are positive and finite. @param q K */
    void add(double[] u, double[] d, double[] q);

    /** P = U D U', packed from {@code at}; any finite D. */
    void pack(double[] u, double[] d, double[] p, int at);

    /** Those for K states; null when there are none. */
    static UdSteps of(int k) {
        return switch (k) {
            case 1 -> new UdSteps1();
            case 2 -> new UdSteps2();
            case 3 -> new UdSteps3();
            case 4 -> new UdSteps4();
            case 5 -> new UdSteps5();
            case 6 -> new UdSteps6();
            case 7 -> new UdSteps7();
            case 8 -> new UdSteps8();
            case 9 -> new UdSteps9();
            case 10 -> new UdSteps10();
            default -> null;
        };
    }
}
