package org.betadrift.likelihood;

import java.util.Arrays;
import java.util.List;
import org.betadrift.model.Covariance;

/** R = diag(theta). */
final class DiagonalR implements Parameterisation {
    private final List<String> names;

    DiagonalR(List<String> targets) {
        names = targets.size() == 1 ? List.of("R") : targets.stream().map(target -> "R[" + target + "]").toList();
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public void map(double[] theta, double[] q, double[] r) {
        Arrays.fill(r, 0);
        for (int i = 0; i < theta.length; i++) {
            r[Covariance.index(i, i)] = theta[i];
        }
    }

    @Override
    public void pullBack(double[] theta, double[] scoreQ, double[] scoreR, double[] scoreTheta) {
        for (int i = 0; i < theta.length; i++) {
            scoreTheta[i] = scoreR[Covariance.index(i, i)];
        }
    }

    @Override
    public boolean isVariance(int i) {
        return true;
    }

    @Override
    public double degree(int i) {
        return 1;
    }
}
