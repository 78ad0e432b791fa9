package org.betadrift.report.internal;

import java.util.List;
import java.util.Optional;
import org.betadrift.model.ConstraintSystem;
import org.betadrift.model.Covariance;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;

/** What exact constraints let be seen of Q: where they are the same on every date and exposures walk at random, no other part of it is in any number. */
final class SeenNoise {
    private SeenNoise() { }

    /** Q - Q A'(A Q A')^-1 A Q, packed; empty where it doesn't say what is seen. */
    static Optional<double[]> of(StateSpaceModel model) {
        List<StateConstraint> rows = model.constraints().stream().filter(StateConstraint::isExact).toList();
        boolean says = !rows.isEmpty() && rows.stream().allMatch(row -> row.periods() == 0) && model.transition().isIdentity()
                && model.stateNoise().isConstant();
        return says ? Optional.of(ConstraintSystem.of(rows, List.of()).conditional(0, model.stateNoise().at(0))) : Optional.empty();
    }

    /** Whether that is less than Q. */
    static boolean isLess(double[] seen, Covariance q) {
        double[] all = q.toPacked();
        double largest = 0;
        double apart = 0;
        for (int i = 0; i < all.length; i++) {
            largest = Math.max(largest, Math.abs(all[i]));
            apart = Math.max(apart, Math.abs(all[i] - seen[i]));
        }
        return apart > 1e-9 * largest;
    }
}
