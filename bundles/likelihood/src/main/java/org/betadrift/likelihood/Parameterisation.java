package org.betadrift.likelihood;

import java.util.Arrays;
import java.util.List;
import org.betadrift.model.Covariance;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A smooth map theta (p) -> (Q, R), packed lower triangles, K (K + 1) / 2 and m (m + 1) / 2. A half that is given elsewhere is
 * null on every call. Immutable, thread-safe.
 */
@ConsumerType
public interface Parameterisation {
    /** Names of the free parameters as the convergence record shows them, e.g. {@code Q[PFF]}; each once. */
    List<String> names();

    /** Writes Q(theta) and R(theta), every entry; one that isn't null. */
    void map(double[] theta, double[] q, double[] r);

    /**
     * The chain rule backwards: writes dLL/dtheta from the symmetric scores of
     * {@link org.betadrift.filter.LikelihoodEvaluator#valueAndScore}, dLL = tr(G_Q dQ) + tr(G_R dR).
     */
    void pullBack(double[] theta, double[] scoreQ, double[] scoreR, double[] scoreTheta);

    /** Whether theta[i] is a variance: never negative, and zero is a value it may take, to be checked by its multiplier. */
    default boolean isVariance(int i) {
        return false;
    }

    /**
     * The power of c that multiplies theta[i] when (Q, R) is multiplied by c: 1 for a variance, 1/2 for an entry of a Cholesky
     * factor, 0 for a pure number; NaN when c (Q, R) isn't a member. When every one is a number, the scale may be concentrated out.
     */
    default double degree(int i) {
        return Double.NaN;
    }

    /** Smallest theta[i] allowed. */
    default double lower(int i) {
        return isVariance(i) ? 0 : Double.NEGATIVE_INFINITY;
    }

    /** Largest theta[i] allowed. */
    default double upper(int i) {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * Where a search for the member nearest to Q = diag(q), R = diag(r) may start: writes theta. By default every variance becomes
     * the mean of those diagonal entries that it moves, over what it moves them by; other parameters become zero.
     *
     * @param q K variances; null where Q is given
     * @param r m variances; null where R is given
     */
    default void near(double[] q, double[] r, double[] theta) {
        double[] one = new double[theta.length];
        double[] packedQ = q == null ? null : new double[Covariance.size(q.length)];
        double[] packedR = r == null ? null : new double[Covariance.size(r.length)];
        for (int i = 0; i < theta.length; i++) {
            Arrays.fill(one, 0);
            one[i] = 1;
            map(one, packedQ, packedR);
            double sum = 0;
            int moved = 0;
            for (int k = 0; q != null && k < q.length; k++) {
                double by = packedQ[Covariance.index(k, k)];
                sum += by > 0 ? q[k] / by : 0;
                moved += by > 0 ? 1 : 0;
            }
            for (int k = 0; r != null && k < r.length; k++) {
                double by = packedR[Covariance.index(k, k)];
                sum += by > 0 ? r[k] / by : 0;
                moved += by > 0 ? 1 : 0;
            }
            theta[i] = isVariance(i) && moved > 0 ? sum / moved : 0;
        }
    }

    /**
     * Better places that the coordinates hide: where dLL/dtheta is zero although (Q, R) isn't optimal, as at L = 0 of Q = L L'.
     * A maximiser goes on from the best of them. Empty unless overridden.
     *
     * @param scoreQ at theta; null where Q is given
     * @param scoreR at theta; null where R is given
     */
    default List<double[]> escapes(double[] theta, double[] scoreQ, double[] scoreR) {
        return List.of();
    }
}
