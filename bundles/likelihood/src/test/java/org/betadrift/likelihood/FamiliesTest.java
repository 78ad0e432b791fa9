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
import org.betadrift.model.States;
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
                Parameterisations.bounded(diagonal, Map.of("Q[a]", new double[] {0.1, 2})));
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
