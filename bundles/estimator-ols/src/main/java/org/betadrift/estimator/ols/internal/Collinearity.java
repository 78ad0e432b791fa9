package org.betadrift.estimator.ols.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.betadrift.estimation.Estimate;

/** What to tell a user whose factors determine each other. */
final class Collinearity {
    private Collinearity() { }

    /** The estimate, with a warning that names the collinear factors where there are any. @param consequence a clause */
    static <T> Estimate<T> warn(Estimate<T> estimate, List<LeastSquares> fits, String consequence) {
        String names = names(fits);
        return names.isEmpty() ? estimate
                : estimate.withWarning("factors " + names + " are collinear: " + consequence + "; drop one of them");
    }

    /** Of the only target by name; of several {@code a, b of A, B and c, d of C}: targets with the same trouble together. */
    private static String names(List<LeastSquares> fits) {
        if (fits.size() == 1) {
            return String.join(", ", fits.get(0).collinearStates());
        }
        Map<Set<String>, List<String>> targets = new LinkedHashMap<>();
        for (LeastSquares fit : fits) {
            Set<String> factors = new TreeSet<>(fit.collinearFactors());
            if (!factors.isEmpty()) {
                targets.computeIfAbsent(factors, none -> new ArrayList<>()).add(fit.target());
            }
        }
        return targets.entrySet().stream().map(e -> String.join(", ", e.getKey()) + " of " + String.join(", ", e.getValue()))
                .collect(Collectors.joining(" and "));
    }
}
