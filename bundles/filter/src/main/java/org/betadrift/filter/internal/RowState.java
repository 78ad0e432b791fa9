package org.betadrift.filter.internal;

/** (beta, P) that a {@link RowPass} moves from date to date and row to row. One thread, no allocation after birth. */
interface RowState {
    /** Into date t: beta = c + T_t beta, P = T_t P T_t' + Q_t. */
    void predict(int t);

    /** As {@link Kernel#update}, of a row of the date that was read. */
    Kernel.Outcome see(DateRows rows, int row);

    /** y~ of the last row. */
    double innovation();

    /** S of the last row; its weight of infinity where that is infinite. */
    double innovationVariance();

    /** Writes P h / S of the last row, K values. */
    void copyGain(double[] destination, int at);
}
