package org.betadrift.filter.internal;

import java.time.LocalDate;
import java.util.List;
import org.betadrift.model.ConstraintSystem;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;

/**
 * The constraints of a model as rows c_t = a_t'beta_t + N(0, tolerance^2), to be taken between the predict into date t and y_t:
 * Doran (1992). A row that exact ones before it imply is left out. One thread.
 */
final class ConstraintRows {
    private final List<StateConstraint> rows;
    private final ConstraintSystem system;
    private final int k;
    private final double[] weights; // of the row read last

    /** @throws InvalidInputException an inequality, exact rows that contradict each other, or a row of other dates */
    ConstraintRows(StateSpaceModel model, List<LocalDate> dates) {
        rows = model.constraints();
        rows.forEach(ConstraintRows::requireEquality);
        system = ConstraintSystem.of(rows, dates);
        k = model.states().count();
        weights = new double[k];
    }

    /** @throws InvalidInputException it is none */
    static void requireEquality(StateConstraint row) {
        if (!row.isEquality()) {
            throw InvalidInputException.of("constraint " + row, "an inequality", "a filter's exposures are normal, without limits",
                    "take it out, or use a path estimator");
        }
    }

    /** How many there are. */
    int count() {
        return rows.size();
    }

    boolean hasExact() {
        return system.hasExact();
    }

    StateConstraint row(int i) {
        return rows.get(i);
    }

    /** Whether row i is to be taken on date t: it isn't made of others. */
    boolean says(int t, int i) {
        return !system.isRedundant(t, i);
    }

    /** a_t of row i, K values, until the next call. */
    double[] weights(int t, int i) {
        StateConstraint row = rows.get(i);
        for (int j = 0; j < k; j++) {
            weights[j] = row.weight(t, j);
        }
        return weights;
    }

    /** c_t of row i. */
    double value(int t, int i) {
        return rows.get(i).value(t);
    }

    /** The squared tolerance of row i. */
    double variance(int i) {
        double tolerance = rows.get(i).tolerance();
        return tolerance * tolerance;
    }

    /** Has the kernel see row i of date t. */
    Kernel.Outcome apply(Kernel kernel, int t, int i) {
        return kernel.update(value(t, i), weights(t, i), 0, variance(i));
    }

    /** Takes out what rounding left of the exact rows: {@link ConstraintSystem#settle}. */
    void settle(int t, double[] beta, int at) {
        system.settle(t, beta, at);
    }

    /** Rows that say nothing new: sentences. */
    List<String> warnings() {
        return system.warnings();
    }
}
