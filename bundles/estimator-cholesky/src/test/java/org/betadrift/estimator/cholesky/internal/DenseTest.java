package org.betadrift.estimator.cholesky.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DenseTest {
    private static double[][] random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        double[][] a = new double[rows][columns];
        for (double[] row : a) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextGaussian();
            }
        }
        return a;
    }

    private static void requireSame(double[][] a, double[][] b, double tolerance) {
        for (int i = 0; i < a.length; i++) {
            assertThat(a[i]).containsExactly(b[i], within(tolerance));
        }
    }

    @Test
    void eigenvaluesOfFullAndSingularMatrices() {
        for (int rank : new int[] {1, 3, 8}) {
            double[][] a = Dense.square(random(8, rank, rank));
            Dense.Eigen eigen = Dense.eigen(a);
            double[][] back = new double[8][8];
            for (int k = 0; k < 8; k++) {
                assertThat(k == 0 || eigen.values()[k] <= eigen.values()[k - 1]).as("descending").isTrue();
                for (int i = 0; i < 8; i++) {
                    for (int j = 0; j < 8; j++) {
                        back[i][j] += eigen.values()[k] * eigen.vectors()[i][k] * eigen.vectors()[j][k];
                    }
                }
            }
            requireSame(back, a, 1e-13 * eigen.values()[0]);
            requireSame(Dense.times(Dense.transposed(eigen.vectors()), eigen.vectors()), Dense.identity(8, 1), 1e-14);
            assertThat(Singular.rank(eigen.values())).isEqualTo(rank);
        }
    }

    @Test
    void lowerTriangleOfAnyFactor() {
        double[][] a = random(6, 3, 9);
        double[][] l = Dense.lower(a, new int[] {4, 0, 2});
        requireSame(Dense.square(l), Dense.square(a), 1e-13);
        assertThat(new double[] {l[4][1], l[4][2], l[0][2]}).containsOnly(0);
        assertThat(l[4][0]).isPositive();
    }

    @Test
    void choleskyAndItsInverse() {
        double[][] a = Dense.square(random(5, 5, 2));
        double[][] l = Dense.cholesky(a);
        requireSame(Dense.square(l), a, 1e-13);
        requireSame(Dense.times(Dense.inverseOfLower(l), l), Dense.identity(5, 1), 1e-12);
        assertThat(Dense.cholesky(Dense.square(random(5, 2, 3)))).satisfiesAnyOf(none -> assertThat(none).isNull(),
                rounding -> assertThat(rounding[4][4]).isLessThan(1e-7));
    }
}
