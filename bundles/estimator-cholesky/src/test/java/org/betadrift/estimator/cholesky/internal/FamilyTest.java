package org.betadrift.estimator.cholesky.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every family keeps, over quadratic functions of (Q, R) whose score is known. */
class FamilyTest {
    private static final Sample TWO_FACTORS = Cases.simulated(4, 60, 2, 1, 0, 3);

    static Stream<List<String>> families() {
        return Stream.of(List.of(), List.of("alpha=free"), List.of("observation=diagonal"), List.of("uncorrelated=y1/y2"),
                List.of("uncorrelated=y2/y1,y4/y2,y3/y1"), List.of("state=diagonal"), List.of("state=low-rank", "rank=2"), List.of("state=shared"),
                List.of("state=zero"), List.of("full=x1", "zero=x2"), List.of("alpha=free", "diagonal=alpha", "low-rank=x1", "rank=3"),
                List.of("state=shared", "alpha=free", "observation=diagonal", "uncorrelated=y1/y4"));
    }

    private static Family family(List<String> options) {
        return Cases.family(TWO_FACTORS, options.toArray(String[]::new));
    }

    private static double[] random(Family family, long seed) {
        Random random = new Random(seed);
        double[] theta = family.level(1);
        for (int i = 0; i < theta.length; i++) {
            theta[i] += 0.5 * random.nextGaussian();
        }
        return theta;
    }

    @ParameterizedTest
    @MethodSource("families")
    void pullsBackTheScore(List<String> options) {
        Family family = family(options);
        double[] q = new double[family.sizeOfQ()];
        double[] r = new double[family.sizeOfR()];
        Random random = new Random(7);
        double[] a = random.doubles(q.length, -1e4, 1e4).toArray();
        double[] b = random.doubles(r.length, -1e3, 1e3).toArray();
        for (int seed = 0; seed < 5; seed++) {
            double[] theta = random(family, seed);
            family.map(theta, q, r);
            double[] slope = new double[family.size()];
            family.pullBack(theta, score(a, q), score(b, r), slope);
            for (int i = 0; i < slope.length; i++) {
                double[] moved = theta.clone();
                moved[i] = theta[i] + 1e-5;
                double up = quadratic(family, moved, a, b);
                moved[i] = theta[i] - 1e-5;
                double difference = (up - quadratic(family, moved, a, b)) / 2e-5;
                assertThat(slope[i]).as("seed %d, coordinate %d of %s", seed, i, options).isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
            }
        }
    }

    /** sum of a x + a x^2 / 2 over packed entries. */
    private static double quadratic(Family family, double[] theta, double[] a, double[] b) {
        double[] q = new double[a.length];
        double[] r = new double[b.length];
        family.map(theta, q, r);
        double sum = 0;
        for (int e = 0; e < q.length; e++) {
            sum += a[e] * q[e] * (1 + 0.5 * q[e]);
        }
        for (int e = 0; e < r.length; e++) {
            sum += b[e] * r[e] * (1 + 0.5 * r[e]);
        }
        return sum;
    }

    /** Symmetric: half of the derivative off the diagonal. */
    private static double[] score(double[] a, double[] x) {
        double[] score = new double[a.length];
        for (int i = 0; i * (i + 1) / 2 < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                int e = Covariance.index(i, j);
                score[e] = (i == j ? 1 : 0.5) * a[e] * (1 + x[e]);
            }
        }
        return score;
    }

    /** Covariance refuses what isn't semi-definite. */
    @ParameterizedTest
    @MethodSource("families")
    void makesCovariances(List<String> options) {
        Family family = family(options);
        double[] q = new double[family.sizeOfQ()];
        double[] r = new double[family.sizeOfR()];
        for (int seed = 0; seed < 20; seed++) {
            family.map(random(family, seed), q, r);
            Covariance v = Covariance.ofPacked(4, r);
            Covariance w = Covariance.ofPacked(12, q);
            assertThat(Dense.cholesky(rows(v))).as("V is definite").isNotNull();
            for (int i = 0; i < 4; i++) {
                for (int j = 4; j < 8; j++) {
                    assertThat(w.get(i, j)).as("blocks don't meet").isZero();
                    assertThat(w.get(i + 8, j)).isZero();
                }
            }
        }
    }

    private static double[][] rows(Covariance c) {
        double[][] rows = new double[c.dimension()][c.dimension()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows.length; j++) {
                rows[i][j] = c.get(i, j);
            }
        }
        return rows;
    }

    @Test
    void holdsEntriesAtZeroToTheBit() {
        Family family = family(List.of("uncorrelated=y2/y1,y4/y2,y3/y1"));
        double[] q = new double[family.sizeOfQ()];
        double[] r = new double[family.sizeOfR()];
        family.map(random(family, 1), q, r);
        Covariance v = Covariance.ofPacked(4, r);
        assertThat(new double[] {v.get(1, 0), v.get(3, 1), v.get(2, 0)}).containsOnly(0);
        assertThat(new double[] {v.get(3, 0), v.get(2, 1), v.get(3, 2)}).doesNotContain(0);
        assertThat(family.observation().size()).isEqualTo(7);
    }

    /** The zeros hold without being written: what the factor's product gives there is rounding. */
    @Test
    void theFactorMakesTheZerosByItself() {
        boolean[][] zero = new boolean[4][4];
        zero[1][0] = true;
        zero[3][1] = true;
        zero[3][2] = true;
        Observation observation = new Observation(Dense.identity(4, 1), zero);
        double[] theta = new Random(3).doubles(observation.size(), -1, 1).toArray();
        double[] packed = new double[10];
        observation.map(theta, 0, packed);
        double[][] l = Dense.cholesky(rows(Covariance.ofPacked(4, packed)));
        double[] again = new double[theta.length];
        observation.near(l, again, 0);
        assertThat(again).containsExactly(theta, within(1e-12));
    }

    /** From a V that is singular but for rounding: one direction more. */
    @Test
    void vMayBeLeftWhereItIsSingular() {
        Observation observation = new Observation(Dense.identity(3, 1), new boolean[3][3]);
        double[] theta = {-40, 0.3, 0.1, -0.2, 0.4, -60}; // diagonals e^-40, e^0.1, e^-60
        double[] v = {0.5, -1, 2};
        double[] before = new double[6];
        double[] after = new double[6];
        observation.map(theta, 0, before);
        observation.map(observation.plus(theta, v, 0.1), 0, after);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j <= i; j++) {
                assertThat(after[Covariance.index(i, j)]).isCloseTo(before[Covariance.index(i, j)] + 0.01 * v[i] * v[j], within(1e-12));
            }
        }
        assertThat(observation.steepest(new double[][] {{1, 0, 0}, {0, -1, 0}, {0, 0, 3}})).containsExactly(new double[] {0, 0, 1}, within(0.0));
    }

    @Test
    void sharesOneCovariance() {
        Family family = family(List.of("state=shared"));
        double[] theta = random(family, 4);
        double[] q = new double[family.sizeOfQ()];
        family.map(theta, q, new double[family.sizeOfR()]);
        double ratio = q[Covariance.index(8, 8)] / q[Covariance.index(4, 4)];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j <= i; j++) {
                assertThat(q[Covariance.index(8 + i, 8 + j)]).isCloseTo(ratio * q[Covariance.index(4 + i, 4 + j)], within(1e-15));
            }
        }
        assertThat(family.freedom()).isEqualTo(10 + 10 + 1);
    }

    @Test
    void countsWhatIsFree() {
        assertThat(family(List.of()).freedom()).isEqualTo(30);
        assertThat(family(List.of("state=diagonal")).freedom()).isEqualTo(18);
        assertThat(family(List.of("state=low-rank", "rank=2", "zero=x2")).freedom()).isEqualTo(10 + 4 + 3);
        assertThat(family(List.of("state=zero", "observation=diagonal")).freedom()).isEqualTo(4);
    }

    /** The family of the same ranks has the same (Q, R) there and no coordinate too many. */
    @Test
    void theFamilyAroundAPlaceIsTheSameThere() {
        Family family = family(List.of("alpha=free", "diagonal=alpha", "low-rank=x1", "full=x2", "rank=2"));
        double[] theta = random(family, 2);
        Drift full = family.drifts().get(2);
        double[][] x = new double[4][4];
        for (int i = 1; i < 4; i++) {
            for (int j = 1; j < 4; j++) {
                x[i][j] = i * j; // rank one, and nothing of the first asset
            }
        }
        full.near(x, theta, family.at(2));
        theta[family.at(0) + 1] = 0;
        Family.Local local = family.around(theta);
        assertThat(local.family().size()).isEqualTo(10 + 3 + 7 + 4);
        double[] q = new double[family.sizeOfQ()];
        double[] r = new double[family.sizeOfR()];
        double[] itsQ = q.clone();
        double[] itsR = r.clone();
        family.map(theta, q, r);
        local.family().map(local.theta(), itsQ, itsR);
        assertThat(itsQ).containsExactly(q, within(1e-15));
        assertThat(itsR).containsExactly(r);
    }

    @Test
    void aRankWithoutALowRankFactorIsRefused() {
        assertThatThrownBy(() -> family(List.of("rank=2"))).isInstanceOf(InvalidInputException.class)
                .hasMessage("option rank is 2, but no factor has a state noise of low rank: say state=low-rank or low-rank=FACTOR, or leave rank out");
        assertThat(family(List.of("rank=1")).freedom()).isEqualTo(family(List.of()).freedom());
    }

    /** A factor of some targets alone has a block of its own size. */
    @Test
    void aFactorMayBelongToSomeTargets() {
        ReturnPanel panel = ReturnPanel.builder(TWO_FACTORS.dates()).column("y1", TWO_FACTORS.column("y1")).column("y2", TWO_FACTORS.column("y2"))
                .column("y3", TWO_FACTORS.column("y3")).column("x1", TWO_FACTORS.column("x1")).column("x2", TWO_FACTORS.column("x2")).build();
        Sample own = Sample.builder(panel).target("y1", List.of("x1")).target("y2", List.of("x1", "x2")).target("y3", List.of("x1", "x2")).build();
        Family family = Cases.family(own);
        assertThat(family.drifts()).extracting(Drift::dimension).containsExactly(3, 2);
        assertThat(family.entries()).extracting(Family.Entry::name).contains("V[y1]", "V[y3,y2]", "W[x1:y3,x1:y1]", "W[x2:y3,x2:y2]").doesNotHaveDuplicates();
        double[] q = new double[family.sizeOfQ()];
        family.map(random(family, 5), q, new double[family.sizeOfR()]);
        assertThat(Arrays.stream(q).filter(v -> v != 0).count()).isEqualTo(6 + 3);
    }
}
