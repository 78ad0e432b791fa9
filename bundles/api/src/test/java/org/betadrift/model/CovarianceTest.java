package org.betadrift.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CovarianceTest {
    @Test
    void singularAndZeroAreFine() {
        assertThat(Covariance.of(Matrix.of(2, 2, 1, 1, 1, 1)).get(0, 1)).isEqualTo(1.0);
        assertThat(Covariance.scalar(3, 0).variance(2)).isZero();
        assertThat(Covariance.ofPacked(2, 0, 0, 4).variance(1)).isEqualTo(4.0);
    }

    /** L L' is a covariance whatever the units, its matrix with the sign of a variance turned isn't. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-100, 1e-10, 1, 1e10, 1e100})
    void acceptsEverySquareOfAFactor(double unit) {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int n = 1 + random.nextInt(6);
            double[] l = random.doubles(n * n, -1, 1).toArray();
            int rank = 1 + random.nextInt(n);
            double[] a = new double[n * n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    for (int r = 0; r < rank; r++) {
                        a[i * n + j] += l[i * n + r] * l[j * n + r] * unit;
                    }
                }
            }
            assertThat(Covariance.of(Matrix.of(n, n, a)).dimension()).as("seed %d", seed).isEqualTo(n);
        }
    }

    @Test
    void refusesWhatIsNoCovariance() {
        assertThatThrownBy(() -> Covariance.diagonal(1, -1)).isInstanceOf(InvalidInputException.class).hasMessageContaining("variance 1 is -1.0");
        assertThatThrownBy(() -> Covariance.diagonal(Double.NaN)).hasMessageContaining("variance 0 is NaN");
        assertThatThrownBy(() -> Covariance.diagonal(Double.POSITIVE_INFINITY)).hasMessageContaining("finite");
        assertThatThrownBy(() -> Covariance.of(Matrix.of(2, 2, 1, 2, 2, 1))).hasMessageContaining("no negative eigenvalue");
        assertThatThrownBy(() -> Covariance.of(Matrix.of(2, 2, 1, 0.5, 0.4, 1))).hasMessageContaining("symmetric");
        assertThatThrownBy(() -> Covariance.of(Matrix.of(1, 2, 1, 0))).hasMessageContaining("square");
        assertThatThrownBy(() -> Covariance.ofPacked(2, 0, 1, 1)).hasMessageContaining("a zero variance allows no covariance");
        assertThatThrownBy(() -> Covariance.ofPacked(2, 1, 0)).hasMessageContaining("needs 3");
        assertThatThrownBy(() -> Covariance.of(Matrix.of(3, 3, 1, 1, 0, 1, 1, 0.5, 0, 0.5, 1))).hasMessageContaining("no negative eigenvalue");
    }

    @Test
    void givesAwayCopiesOnly() {
        Covariance c = Covariance.diagonal(1, 2);
        c.toPacked()[0] = 9;
        assertThat(c).isEqualTo(Covariance.diagonal(1, 2)).hasSameHashCodeAs(Covariance.diagonal(1, 2)).isNotEqualTo(Covariance.diagonal(1, 3));
        assertThat(c.toMatrix()).isEqualTo(Matrix.diagonal(1, 2));
    }
}
