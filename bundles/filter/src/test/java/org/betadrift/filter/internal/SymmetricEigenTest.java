package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S = V'diag(lambda) V with V V' = I, whatever the rank and the scale. */
class SymmetricEigenTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10, 30})
    void putsTheMatrixTogetherAgain(int m) {
        Random random = new Random(m);
        for (int rank : new int[] {0, 1, m}) {
            for (double scale : new double[] {1e-200, 1, 1e200}) {
                double[] s = square(m, rank, scale, random);
                double[] before = s.clone();
                SymmetricEigen eigen = new SymmetricEigen(m);
                assertThat(eigen.decompose(s)).isTrue();
                assertThat(s).as("the matrix itself").containsExactly(before);
                double trace = 0;
                for (int i = 0; i < m; i++) {
                    trace += s[i * m + i];
                }
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < m; j++) {
                        double whole = 0;
                        double product = 0;
                        for (int l = 0; l < m; l++) {
                            whole += eigen.vectors[l * m + i] * eigen.value(l) * eigen.vectors[l * m + j];
                            product += eigen.vectors[i * m + l] * eigen.vectors[j * m + l];
                        }
                        assertThat(whole).as("m=%s rank %s entry (%s,%s)", m, rank, i, j).isCloseTo(s[i * m + j], within(1e-14 * trace));
                        assertThat(product).as("m=%s rank %s rows %s and %s", m, rank, i, j).isCloseTo(i == j ? 1 : 0, within(1e-13));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNotFinite(double wrong) {
        assertThat(new SymmetricEigen(2).decompose(new double[] {1, wrong, wrong, 1})).isFalse();
    }

    private static double[] square(int m, int rank, double scale, Random random) {
        double[] s = new double[m * m];
        for (int l = 0; l < rank; l++) {
            double[] v = random.doubles(m, -1, 1).toArray();
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    s[i * m + j] += scale * (v[i] * v[j]);
                }
            }
        }
        return s;
    }
}
