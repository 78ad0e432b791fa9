package org.betadrift.likelihood;

import java.util.Arrays;
import java.util.List;
import org.betadrift.model.Covariance;

/** Q_kk = sum of weight * theta_i over the parameters that move state k; diagonal. */
final class LinearQ implements Parameterisation {
    private final List<String> names;
    private final int[][] places;     // by parameter: where in the packed triangle
    private final double[][] weights; // by parameter: how much of it

    /** @param states by parameter: those it moves */
    LinearQ(List<String> names, int[][] states, double[][] weights) {
        this.names = List.copyOf(names);
        this.weights = weights;
        this.places = Arrays.stream(states).map(its -> Arrays.stream(its).map(k -> Covariance.index(k, k)).toArray()).toArray(int[][]::new);
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public void map(double[] theta, double[] q, double[] r) {
        Arrays.fill(q, 0);
        for (int i = 0; i < places.length; i++) {
            for (int j = 0; j < places[i].length; j++) {
                q[places[i][j]] += weights[i][j] * theta[i];
            }
        }
    }

    @Override
    public void pullBack(double[] theta, double[] scoreQ, double[] scoreR, double[] scoreTheta) {
        for (int i = 0; i < places.length; i++) {
            double sum = 0;
            for (int j = 0; j < places[i].length; j++) {
                sum += weights[i][j] * scoreQ[places[i][j]];
            }
            scoreTheta[i] = sum;
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
