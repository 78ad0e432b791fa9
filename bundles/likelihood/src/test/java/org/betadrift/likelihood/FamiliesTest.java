package org.betadrift.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.States;
import org.betadrift.model.Vector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;

class FamiliesTest {
    private static final States STATES = States.of("alpha", "a", "b", "c");
    private static final Set<String> ALPHA = Set.of("alpha");

    static List<Parameterisation> families() {
        Parameterisation r = Parameterisations.observationNoise(List.of("y", "z"));
        Parameterisation diagonal = Parameterisations.both(Parameterisations.diagonal(STATES, ALPHA), r);
        return List.of(diagonal,
                Parameterisations.both(Parameterisations.scalar(STATES, ALPHA), r),
                Parameterisations.both(Parameterisations.scaledFactorVol(STATES, new double[] {0, 2, 3, 4}, Set.of()), r),
                Parameterisations.both(Parameterisations.full(STATES, ALPHA), r),
                Parameterisations.fixed(diagonal, Map.of("Q[b]", 0.7)),
                Parameterisations.tied(diagonal, List.of("Q[a]", "Q[c]")),
                Parameterisations.bounded(diagonal, Map.of("Q[a]", new double[] {0.1, 2})),
                Parameterisations.both(Parameterisations.fullWithin(Parameterisations.freeDirections(STATES, ALPHA, List.of(row(0, 1, 2, 0.5)))), r));
    }

    private static StateConstraint row(double... weights) {
        return StateConstraint.of("row", StateConstraint.Relation.EQUAL, Vector.of(weights), 1, 0);
    }

    /** N'N = I, A N = 0, nothing where a state is constant; the same whatever implied rows are added, and for rows in other units. */
    @Test
    void directionsThatConstraintsLeave() {
        Matrix n = Parameterisations.freeDirections(STATES, ALPHA, List.of(row(7, 1, 2, 0.5)));
        assertThat(n.columns()).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            assertThat(n.get(0, i)).isZero();
            assertThat(n.get(1, i) + 2 * n.get(2, i) + 0.5 * n.get(3, i)).isCloseTo(0, within(1e-15));
            for (int j = 0; j < 2; j++) {
                double dot = 0;
                for (int k = 0; k < 4; k++) {
                    dot += n.get(k, i) * n.get(k, j);
                }
                assertThat(dot).isCloseTo(i == j ? 1 : 0, within(1e-15));
            }
        }
        Matrix again = Parameterisations.freeDirections(STATES, ALPHA, List.of(row(7, 1e-8, 2e-8, 0.5e-8), row(0, 3, 6, 1.5), row(1, 0, 0, 0)));
        assertThat(again.columns()).isEqualTo(2);
        for (int e = 0; e < 8; e++) {
            assertThat(again.toArray()[e]).isCloseTo(n.toArray()[e], within(1e-14));
        }
        assertThat(Parameterisations.freeDirections(STATES, ALPHA, List.of()).toArray()).containsExactly(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1);
        assertThatThrownBy(() -> Parameterisations.freeDirections(STATES, Set.of("alpha", "a", "b"), List.of(row(0, 1, 1, 1))))
                .isInstanceOf(InvalidInputException.class).hasMessageContaining("they hold every exposure that isn't constant where it is");
        StateConstraint soft = StateConstraint.of("soft", StateConstraint.Relation.EQUAL, Vector.of(0, 1, 1, 1), 1, 0.1);
        assertThatThrownBy(() -> Parameterisations.freeDirections(STATES, ALPHA, List.of(soft))).hasMessageContaining("it isn't an exact equality");
    }

    /** Of diag(q) what is left given that a + 2 b + c / 2 stays: by the formula, and where a q is zero. */
    @Test
    void nearestWithinDirections() {
        Parameterisation family = Parameterisations.fullWithin(Parameterisations.freeDirections(STATES, ALPHA, List.of(row(0, 1, 2, 0.5))));
        double[] a = {0, 1, 2, 0.5};
        for (double[] q : List.of(new double[] {0, 1, 4, 9}, new double[] {0, 1, 0, 9}, new double[] {0, 1e6, 4, 9}, new double[] {0, 0, 0, 0})) {
            double variance = 0;
            for (int k = 0; k < 4; k++) {
                variance += a[k] * a[k] * q[k];
            }
            double[] theta = new double[3];
            family.near(q, null, theta);
            double[] packed = new double[10];
            family.map(theta, packed, null);
            for (int i = 0, e = 0; i < 4; i++) {
                for (int j = 0; j <= i; j++, e++) {
                    double expected = (i == j ? q[i] : 0) - (variance == 0 ? 0 : q[i] * a[i] * a[j] * q[j] / variance);
                    assertThat(packed[e]).isCloseTo(expected, within(1e-9 * (1 + Math.max(q[i], q[j]) * 1e-3)));
                }
            }
        }
    }

    /** pullBack is the transpose of map's derivative. */
    @ParameterizedTest
    @MethodSource("families")
    void pullsBackWhatItMaps(Parameterisation family) {
        Random random = new Random(1);
        int p = family.names().size();
        double[] theta = random.doubles(p, 0.5, 1.5).toArray();
        double[] g = random.doubles(10).toArray();
        double[] gr = random.doubles(3).toArray();
        double[] slope = new double[p];
        family.pullBack(theta, g, gr, slope);
        for (int i = 0; i < p; i++) {
            double[] up = theta.clone();
            up[i] += 1e-6;
            double[] down = theta.clone();
            down[i] -= 1e-6;
            assertThat(slope[i]).isCloseTo((trace(family, up, g, gr) - trace(family, down, g, gr)) / 2e-6, within(1e-7));
        }
    }

    /** tr(G Q) + tr(G R): entries off the diagonal count twice. */
    private static double trace(Parameterisation family, double[] theta, double[] g, double[] gr) {
        double[] q = new double[10];
        double[] r = new double[3];
        family.map(theta, q, r);
        double sum = 0;
        for (int i = 0, e = 0; i < 4; i++) {
            for (int j = 0; j <= i; j++, e++) {
                sum += (i == j ? 1 : 2) * g[e] * q[e];
            }
        }
        return sum + gr[0] * r[0] + 2 * gr[1] * r[1] + gr[2] * r[2];
    }

    @ParameterizedTest
    @MethodSource("families")
    void scalesAsItSays(Parameterisation family) {
        int p = family.names().size();
        double[] theta = new Random(2).doubles(p, 0.5, 1.5).toArray();
        double[] scaled = theta.clone();
        for (int i = 0; i < p; i++) {
            if (Double.isNaN(family.degree(i))) {
                return;
            }
            scaled[i] *= Math.pow(3, family.degree(i));
        }
        double[] q = new double[10];
        double[] r = new double[3];
        family.map(theta, q, r);
        double[] three = Arrays.stream(q).map(x -> 3 * x).toArray();
        family.map(scaled, q, r);
        assertThat(q).usingComparatorWithPrecision(1e-12).containsExactly(three);
    }

    @Test
    void namesAndConstants() {
        assertThat(families().get(0).names()).containsExactly("Q[a]", "Q[b]", "Q[c]", "R[y]", "R[z]");
        assertThat(families().get(1).names()).containsExactly("q", "R[y]", "R[z]");
        assertThat(families().get(3).names()).startsWith("L[a,a]", "L[b,a]", "L[b,b]");
        assertThat(families().get(4).names()).doesNotContain("Q[b]");
        assertThat(families().get(5).names()).containsExactly("Q[a]=Q[c]", "Q[b]", "R[y]", "R[z]");
        double[] q = new double[10];
        families().get(3).map(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, q, new double[3]);
        assertThat(q).containsExactly(0, 0, 1, 0, 2, 13, 0, 4, 23, 77);
    }

    @Test
    void nearestMembers() {
        double[] theta = new double[3];
        families().get(1).near(new double[] {9, 1, 2, 3}, new double[] {5, 6}, theta);
        assertThat(theta).containsExactly(2, 5, 6);
        theta = new double[8];
        families().get(3).near(new double[] {9, 1, 4, 9}, new double[] {5, 6}, theta);
        assertThat(theta).containsExactly(1, 0, 2, 0, 0, 3, 5, 6);
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThatThrownBy(() -> Parameterisations.diagonal(STATES, Set.of("d"))).isInstanceOf(InvalidInputException.class).hasMessageContaining("no state named d");
        assertThatThrownBy(() -> Parameterisations.scalar(STATES, Set.of("alpha", "a", "b", "c"))).hasMessageContaining("no state is left to move");
        assertThatThrownBy(() -> Parameterisations.fixed(families().get(0), Map.of("Q[x]", 1.0))).hasMessageContaining("no parameter named Q[x]");
        assertThatThrownBy(() -> Parameterisations.fixed(families().get(0), Map.of("Q[a]", -1.0))).hasMessageContaining("must lie in");
        assertThatThrownBy(() -> Parameterisations.bounded(families().get(0), Map.of("Q[a]", new double[] {2, 1}))).hasMessageContaining("lowest first");
        assertThatThrownBy(() -> Parameterisations.tied(families().get(3), List.of("L[a,a]", "L[b,a]"))).hasMessageContaining("no variance");
    }
}
