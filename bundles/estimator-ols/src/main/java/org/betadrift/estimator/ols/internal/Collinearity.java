package org.betadrift.estimator.ols.internal;

import java.util.List;
import org.betadrift.estimation.Estimate;

/** What to tell a user whose factors determine each other. */
final class Collinearity {
    private Collinearity() { }

    /** The estimate, with a warning that names the collinear factors where there are any. @param consequence a clause */
    static <T> Estimate<T> warn(Estimate<T> estimate, LeastSquares fit, String consequence) {
        List<String> names = fit.collinearStates();
        return names.isEmpty() ? estimate
                : estimate.withWarning("factors " + String.join(", ", names) + " are collinear: " + consequence + "; drop one of them");
    }
}
