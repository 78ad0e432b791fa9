package org.betadrift.filter;

import org.betadrift.model.Covariance;
import org.betadrift.model.Matrix;

/**
 * What a discount came to in a pass: Q_t = (1 / delta - 1) T P_t-1|t-1 T' = (1 - delta) P_t|t-1, the latter before the constraints
 * of date t.
 */
final class Discounted {
    private final FilterResult pass;
    private final double delta;
    private final int k;

    /** @param pass whose state noise is a discount */
    Discounted(FilterResult pass) {
        this.pass = pass;
        delta = pass.model().stateNoise().discount().orElseThrow();
        k = pass.model().states().count();
    }

    /** Q_t. */
    Covariance into(int t) {
        if (!pass.model().constraints().isEmpty()) {
            return after(t - 1);
        }
        StatePath predicted = pass.predicted();
        int at = kept(predicted, t);
        double[] packed = new double[Covariance.size(k)];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                packed[Covariance.index(i, j)] = (1 - delta) * predicted.covariance(at, i, j);
            }
        }
        return Covariance.ofPacked(k, packed);
    }

    /** Q of the step after the last date, with the T of the last; from the start when there are no dates. */
    Covariance next() {
        return after(pass.sample().periods() - 1);
    }

    /** Q of the step after date {@code last}; T of the step itself, where there is one. */
    private Covariance after(int last) {
        Matrix transition = pass.model().transition().matrix(Math.max(0, Math.min(last + 1, pass.sample().periods() - 1)));
        Covariance start = pass.model().initial().prior().covariance();
        int at = last < 0 ? 0 : kept(pass.filtered(), last);
        double[] packed = new double[Covariance.size(k)];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int a = 0; a < k; a++) {
                    for (int b = 0; b < k; b++) {
                        double p = last < 0 ? start.get(a, b) : pass.filtered().covariance(at, a, b);
                        sum += transition.get(i, a) * p * transition.get(j, b);
                    }
                }
                packed[Covariance.index(i, j)] = (1 / delta - 1) * sum;
            }
        }
        return Covariance.ofPacked(k, packed);
    }

    /** Index of date t among the dates kept. */
    private int kept(StatePath path, int t) {
        int at = t - (pass.sample().periods() - path.dates().size());
        if (at < 0 || !path.hasCovariances()) {
            throw new IllegalStateException("the covariance of " + pass.sample().date(t) + " wasn't kept: the pass was told to retain "
                    + pass.options().retain());
        }
        return at;
    }
}
