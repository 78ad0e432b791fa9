package org.betadrift.estimator.ols.internal;

import java.util.List;
import java.util.stream.Collectors;
import org.betadrift.estimation.Estimate;

/** What to tell a user whose factors determine each other. */
final class Collinearity {
    private Collinearity() { }

    /** The estimate, with a warning that names the collinear factors where there are any. @param consequence a clause */
    static <T> Estimate<T> warn(Estimate<T> estimate, List<LeastSquares> fits, String consequence) {
        String names = fits.stream().map(fit -> String.join(", ", fit.collinearStates())).filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" and "));
        return names.isEmpty() ? estimate
                : estimate.withWarning("factors " + names + " are collinear: " + consequence + "; drop one of them");
    }
}
