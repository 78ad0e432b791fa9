package org.betadrift.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.betadrift.model.StateConstraint.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintSystemTest {
    private static final List<LocalDate> DATES = List.of(LocalDate.of(2020, 1, 1), LocalDate.of(2020, 1, 2), LocalDate.of(2020, 1, 3));

    private static StateConstraint row(String name, double value, double tolerance, double... weights) {
        return StateConstraint.of(name, Relation.EQUAL, Vector.of(weights), value, tolerance);
    }

    private static StateConstraint moving(String name, double value, double... weights) {
        return StateConstraint.varying(name, Relation.EQUAL, Matrix.of(3, 2, weights), Vector.filled(3, value), 0);
    }

    @Test
    void nothingExactSaysNothing() {
        StateConstraint tolerant = row("sum=1~0.1", 1, 0.1, 1, 1);
        StateConstraint limit = StateConstraint.of("A>=0", Relation.AT_LEAST, Vector.of(1, 0), 0, 0);
        ConstraintSystem system = ConstraintSystem.of(List.of(tolerant, tolerant, limit, limit), DATES);
        assertThat(system.hasExact()).isFalse();
        assertThat(system.isRedundant(1, 1)).isFalse();
        assertThat(system.warnings()).isEmpty();
        double[] beta = {3, 4};
        system.settle(0, beta, 0);
        assertThat(beta).containsExactly(3, 4);
    }

    /** All of a row zero on a date: it isn't there, and that is nothing to warn of. Only where weights go by date. */
    @Test
    void absentRows() {
        StateConstraint first = row("sum=1", 1, 0, 1, 1).onFirstDate(3);
        assertThat(first.isPresent(0)).isTrue();
        assertThat(first.isPresent(2)).isFalse();
        assertThat(first.value(0)).isEqualTo(1);
        assertThat(first.value(1)).isZero();
        assertThat(first.shifted(0.5).value(0)).isEqualTo(1.5);
        assertThat(first.shifted(0.5).value(1)).isZero();
        assertThat(row("sum=1", 1, 0, 1, 1).shifted(-0.25).value(2)).isEqualTo(0.75);
        ConstraintSystem system = ConstraintSystem.of(List.of(first, row("A=B", 0, 0, 1, -1)), DATES);
        assertThat(system.isRedundant(0, 0)).isFalse();
        assertThat(system.isRedundant(1, 0)).isTrue();
        assertThat(system.isRedundant(1, 1)).isFalse();
        assertThat(system.warnings()).isEmpty();
        double[] beta = {3, 4};
        system.settle(1, beta, 0);
        assertThat(beta[0] + beta[1]).isCloseTo(7, Offset.offset(1e-14));
        system.settle(0, beta, 0);
        assertThat(beta[0] + beta[1]).isCloseTo(1, Offset.offset(1e-14));
        assertThatThrownBy(() -> moving("nothing", 1, 1, 1, 0, 0, 1, 1)).isInstanceOf(InvalidInputException.class).hasMessageContaining("they are all zero");
        assertThatThrownBy(() -> row("nothing", 0, 0, 0, 0)).hasMessageContaining("they are all zero");
    }

    /** Q - Q A'(A Q A')^-1 A Q, by hand; whatever the units of a row, and with one that says nothing new. */
    @Test
    void whatIsSeenOfQ() {
        Covariance q = Covariance.ofPacked(3, 4, 1, 2, 0, 0.5, 3);
        double[] qa = {5, 3.5, 3.5};
        for (double unit : new double[] {1, 1e-9, 1e9}) {
            double[] seen = ConstraintSystem.of(List.of(row("sum", unit, 0, unit, unit, unit), row("again", 2, 0, 2, 2, 2)), DATES).conditional(1, q);
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j <= i; j++) {
                    assertThat(seen[Covariance.index(i, j)]).isCloseTo(q.get(i, j) - qa[i] * qa[j] / 12, Offset.offset(1e-14));
                }
            }
        }
        assertThat(ConstraintSystem.of(List.of(), DATES).conditional(0, q)).containsExactly(q.toPacked());
        assertThat(ConstraintSystem.of(List.of(row("sum", 1, 0, 1, 1, 1)), DATES).conditional(0, Covariance.scalar(3, 0))).containsOnly(0);
    }

    /** Whatever the units of rows and states: {@code unit} on the first state's weights, 1 / unit on a row. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-8, 1e8, 1e-100})
    void redundantRowsAreNamedAndContradictionsRefused(double unit) {
        StateConstraint sum = row("sum=1", 1, 0, unit, 1, 1);
        StateConstraint pair = row("pair", 0.3, 0, 0.1 * unit, 0.2, 0);
        StateConstraint both = row("both", 1.3 / unit, 0, 1.1, 1.2 / unit, 1 / unit);
        StateConstraint off = row("off", (1.3 + 1e-6) / unit, 0, 1.1, 1.2 / unit, 1 / unit);
        StateConstraint near = row("near", 1.3 / unit, 0, 1.1, (1.2 + 1e-6) / unit, 1 / unit);
        ConstraintSystem system = ConstraintSystem.of(List.of(sum, pair, both), DATES);
        assertThat(system.isRedundant(0, 1)).isFalse();
        assertThat(system.isRedundant(2, 2)).isTrue();
        assertThat(system.warnings()).containsExactly("constraint both says nothing that sum=1 and pair doesn't say, on every date");
        assertThatThrownBy(() -> ConstraintSystem.of(List.of(sum, pair, off), DATES)).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("constraints sum=1 and pair and off contradict each other on every date");
        assertThat(ConstraintSystem.of(List.of(sum, pair, near), DATES).isRedundant(0, 2)).as("almost isn't").isFalse();
    }

    @Test
    void aRowThatIsRepeatedIsNamedOnce() {
        StateConstraint sum = row("sum=1", 1, 0, 1, 1, 1);
        assertThat(ConstraintSystem.of(List.of(sum, sum, sum), DATES).warnings()).containsExactly("constraint sum=1 is there more than once, on every date");
    }

    /** Q given rows that hold every state is zero, not its rounding; what is really left of little stays. */
    @Test
    void whatRoundingLeavesOfQIsZero() {
        StateConstraint sum = row("sum=1", 1, 0, 1, 1);
        ConstraintSystem both = ConstraintSystem.of(List.of(sum, row("A=0.5", 0.5, 0, 1, 0)), DATES);
        assertThat(both.conditional(0, Covariance.diagonal(0.0002031, 0.0001318))).containsOnly(0);
        double[] little = ConstraintSystem.of(List.of(sum), DATES).conditional(0, Covariance.diagonal(1, 1e-12));
        assertThat(little[0]).isCloseTo(1e-12, Offset.offset(1e-15));
        assertThat(little[2]).isCloseTo(1e-12, Offset.offset(1e-15));
    }

    @Test
    void onlyTheRowsThatMakeItAreNamed() {
        StateConstraint a = row("A=1", 1, 0, 1, 0, 0);
        StateConstraint b = row("B=2", 2, 0, 0, 1, 0);
        assertThatThrownBy(() -> ConstraintSystem.of(List.of(a, b, row("2*B=5", 5, 0, 0, 2, 0)), DATES))
                .hasMessageContaining("constraints B=2 and 2*B=5 contradict");
        assertThatThrownBy(() -> ConstraintSystem.of(List.of(a, b, row("B-2*A=1", 1, 0, -2, 1, 0)), DATES))
                .hasMessageContaining("constraints A=1 and B=2 and B-2*A=1 contradict");
        assertThat(ConstraintSystem.of(List.of(a, b, row("B-2*A=0", 0, 0, -2, 1, 0)), DATES).isRedundant(0, 2)).isTrue();
    }

    @Test
    void weightsThatVaryAreCheckedDateByDate() {
        StateConstraint sum = row("sum=1", 1, 0, 1, 1);
        ConstraintSystem system = ConstraintSystem.of(List.of(sum, moving("w*A+v*B=1", 1, 1, 2, 1, 1, 3, 1)), DATES);
        assertThat(system.isRedundant(0, 1)).isFalse();
        assertThat(system.isRedundant(1, 1)).isTrue();
        assertThat(system.warnings()).containsExactly("constraint w*A+v*B=1 says nothing that sum=1 doesn't say, first on 2020-01-02");
        assertThatThrownBy(() -> ConstraintSystem.of(List.of(sum, moving("w*A+v*B=1", 1, 1, 2, 1, 3, 2, 2)), DATES))
                .hasMessageContaining("sum=1 and w*A+v*B=1 contradict each other on 2020-01-03");
        assertThatThrownBy(() -> ConstraintSystem.of(List.of(moving("w", 1, 1, 2, 1, 1, 3, 1)), DATES.subList(0, 2)))
                .hasMessage("number of dates of the constraint w is 3, but the sample has 2: give weights of every date");
    }

    /** To the last bits, several rows at once, from an offset. */
    @Test
    void settlesRounding() {
        Random random = new Random(4);
        for (int trial = 0; trial < 200; trial++) {
            double[] a = random.doubles(4, -1, 1).toArray();
            double[] b = random.doubles(4, -1, 1).toArray();
            double[] beta = random.doubles(6, -1, 1).toArray();
            double[] before = beta.clone();
            double c = a[0] * beta[1] + a[1] * beta[2] + a[2] * beta[3] + a[3] * beta[4] + 1e-9;
            double d = b[0] * beta[1] + b[1] * beta[2] + b[2] * beta[3] + b[3] * beta[4] - 1e-9;
            ConstraintSystem.of(List.of(row("a", c, 0, a), row("b", d, 0, b)), DATES).settle(2, beta, 1);
            assertThat(a[0] * beta[1] + a[1] * beta[2] + a[2] * beta[3] + a[3] * beta[4]).isCloseTo(c, Offset.offset(1e-14));
            assertThat(b[0] * beta[1] + b[1] * beta[2] + b[2] * beta[3] + b[3] * beta[4]).isCloseTo(d, Offset.offset(1e-14));
            assertThat(beta[0]).isEqualTo(before[0]);
            assertThat(beta[5]).isEqualTo(before[5]);
            for (int i = 1; i < 5; i++) {
                assertThat(beta[i]).isCloseTo(before[i], Offset.offset(1e-6));
            }
        }
    }
}
