package org.betadrift.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateConstraint.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintExpressionTest {
    private static final ReturnPanel PANEL = ReturnPanel.builder(List.of(LocalDate.of(2020, 1, 1), LocalDate.of(2020, 1, 2), LocalDate.of(2020, 1, 3)))
            .column("y", 1, 2, 3).column("z", 3, 1, 2).column("A", 1, 2, 1).column("B", 2, 1, 1).column("Mkt-RF", 1, 1, 3).column("sum", 1, 0, 1)
            .column("w1", 0.2, 0.5, 1).column("w2", 0.6, 0.5, 1).column("gap", 1, Double.NaN, 1).column("against", -0.2, -0.5, -1).column("none", 0, 0, 0).build();

    private static Sample one() {
        return Sample.builder(PANEL).target("y", List.of("A", "B", "Mkt-RF")).intercept(true).build();
    }

    private static Sample two() {
        return Sample.builder(PANEL).target("y", List.of("A", "B")).target("z", List.of("A")).intercept(true).build();
    }

    private static List<StateConstraint> rows(String text, Sample sample) {
        return ConstraintExpression.parse(text).rows(sample);
    }

    private static double[] weights(StateConstraint row, int t) {
        double[] weights = new double[row.dimension()];
        Arrays.setAll(weights, k -> row.weight(t, k));
        return weights;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sum=1", "sum=1~0.01", "0.6*A+0.4*B=1", "A-B=0", "A=0.5", "w1*A+w2*B=1", "-A+.5*[Mkt-RF]=-1e-3", "A>=0", "A<=1.5",
        "gross<=1.5", "net<=1", "avg(A; w1,w2)=1~0.05", "A:y-A:[z]=0", "w1*A=w2", "long-only", "net>=0.8", "long-only=0", " sum = 1 ~ 1e-2 ", "[sum]=1", "slope:A=0"})
    void readsBack(String text) {
        ConstraintExpression expression = ConstraintExpression.parse(text);
        assertThat(expression).hasToString(text.strip()).isEqualTo(ConstraintExpression.parse(expression.toString()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"sum|nothing more", "sum=|nothing more", "=1|=1", "sum==1|=1", "2=1|=1", "A B=1|B=1", "0.5A=1|A=1", "A*=1|=1",
        "A+=1|=1", "sum=1~|nothing more", "sum=1 2|2", "avg(A)=1|)=1", "avg(A; w1=1|=1", "A<1|<1", "[A=1|[A=1", "1e999*A=1|too large", "long-only 2|2", "long-only~1|~1"})
    void saysWhereItStopsToUnderstand(String text, String where) {
        assertThatThrownBy(() -> ConstraintExpression.parse(text)).isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("constraint is \"" + text + "\"").hasMessageContaining(where);
    }

    @Test
    void tolerancesAreOfEqualitiesAndPositive() {
        assertThat(ConstraintExpression.parse("sum=1~0.01").tolerance()).isEqualTo(0.01);
        assertThatThrownBy(() -> ConstraintExpression.parse("sum=1~0")).hasMessageContaining("positive standard deviation");
        assertThatThrownBy(() -> ConstraintExpression.parse("A>=0~1")).hasMessageContaining("an inequality has no tolerance");
        assertThatThrownBy(() -> ConstraintExpression.parse("gross=1")).hasMessageContaining("upper limit only");
        assertThatThrownBy(() -> ConstraintExpression.parse("gross>=1")).hasMessageContaining("upper limit only");
    }

    @Test
    void sumsAreOverFactorsNeverAlphaARowATarget() {
        StateConstraint row = rows("sum=1", one()).get(0);
        assertThat(weights(row, 0)).containsExactly(0, 1, 1, 1);
        assertThat(row.value(0)).isEqualTo(1);
        assertThat(row.periods()).isZero();
        assertThat(row.isExact()).isTrue();
        List<StateConstraint> both = rows("net<=1.5", two()); // alpha:y alpha:z A:y A:z B:y
        assertThat(both).hasSize(2).allMatch(r -> r.relation() == Relation.AT_MOST);
        assertThat(weights(both.get(0), 0)).containsExactly(0, 0, 1, 0, 1);
        assertThat(weights(both.get(1), 0)).containsExactly(0, 0, 0, 1, 0);
        assertThat(rows("gross<=1.5", one()).get(0).relation()).isEqualTo(Relation.GROSS_AT_MOST);
        Sample slopes = Sample.builder(PANEL).target("y", List.of("A", "B")).slopes(true).build();
        assertThat(weights(rows("sum=1", slopes).get(0), 0)).containsExactly(1, 1, 0, 0);
        assertThatThrownBy(() -> rows("sum=1", Sample.builder(PANEL).target("y", List.of()).intercept(true).build()))
                .hasMessageContaining("y has no factor");
    }

    /** A row a factor of each target, never alpha, never a slope. */
    @Test
    void longOnlyIsEveryFactorOfEveryTarget() {
        List<StateConstraint> rows = rows("long-only", two()); // alpha:y alpha:z A:y A:z B:y
        assertThat(rows).hasSize(3).allMatch(r -> r.relation() == Relation.AT_LEAST && r.value(0) == 0 && r.expression().equals("long-only"));
        assertThat(weights(rows.get(0), 0)).containsExactly(0, 0, 1, 0, 0);
        assertThat(weights(rows.get(1), 0)).containsExactly(0, 0, 0, 1, 0);
        assertThat(weights(rows.get(2), 0)).containsExactly(0, 0, 0, 0, 1);
        Sample slopes = Sample.builder(PANEL).target("y", List.of("A", "B")).slopes(true).build();
        assertThat(rows("long-only", slopes)).hasSize(2);
        assertThat(ConstraintExpression.parse("long-only").relation()).isEqualTo(Relation.AT_LEAST);
        assertThat(ConstraintExpression.parse("long-only").columns()).isEmpty();
        assertThatThrownBy(() -> rows("long-only", Sample.builder(PANEL).target("y", List.of()).intercept(true).build())).hasMessageContaining("no target has a factor");
        assertThatThrownBy(() -> rows("long-only=0", one())).as("two factors").hasMessageContaining("no state named long");
    }

    /** A band is two of them. */
    @Test
    void bandsAreTwoConstraints() {
        StateConstraint low = rows("net>=0.8", one()).get(0);
        StateConstraint high = rows("net<=1.2", one()).get(0);
        assertThat(low.relation()).isEqualTo(Relation.AT_LEAST);
        assertThat(high.relation()).isEqualTo(Relation.AT_MOST);
        assertThat(low.value(0)).isEqualTo(0.8);
        assertThat(weights(low, 0)).isEqualTo(weights(high, 0)).containsExactly(0, 1, 1, 1);
    }

    @Test
    void combinationsOfStatesWithNumbersAndColumns() {
        assertThat(weights(rows("-0.6*A+0.4*B-[Mkt-RF]=-1", one()).get(0), 0)).containsExactly(0, -0.6, 0.4, -1);
        assertThat(rows("-0.6*A+0.4*B-[Mkt-RF]=-1", one()).get(0).value(0)).isEqualTo(-1);
        assertThat(weights(rows("A+A=1", one()).get(0), 0)).containsExactly(0, 2, 0, 0);
        StateConstraint moving = rows("w1*A-w2*B=w1~0.5", one()).get(0);
        assertThat(moving.periods()).isEqualTo(3);
        assertThat(weights(moving, 1)).containsExactly(0, 0.5, -0.5, 0);
        assertThat(moving.value(0)).isEqualTo(0.2);
        assertThat(moving.value(2)).isEqualTo(1);
        assertThat(moving.tolerance()).isEqualTo(0.5);
        assertThat(weights(rows("A:y-A:z=0", two()).get(0), 0)).containsExactly(0, 0, 1, -1, 0);
        assertThat(ConstraintExpression.parse("w1*A-w2*B=gap").columns()).containsExactly("w1", "w2", "gap");
        Sample named = Sample.builder(PANEL).target("y", List.of("A", "sum")).build();
        assertThat(weights(rows("[sum]=1", named).get(0), 0)).containsExactly(0, 1);
    }

    @Test
    void averagesOverTargetsHaveWeightsThatSumToOneOnEveryDate() {
        assertThat(weights(rows("avg(A; 3,1)=1", two()).get(0), 0)).containsExactly(0, 0, 0.75, 0.25, 0);
        StateConstraint moving = rows("avg(A; w1,w2)=1", two()).get(0);
        assertThat(weights(moving, 0)[2]).isEqualTo(0.2 / (0.2 + 0.6));
        assertThat(weights(moving, 2)).containsExactly(0, 0, 0.5, 0.5, 0);
        assertThatThrownBy(() -> rows("avg(A; w1,against)=1", two()))
                .hasMessageContaining("sum of the weights of avg(A; w1,against)=1 on 2020-01-01 is 0.0").hasMessageContaining("the columns w1, against");
        assertThatThrownBy(() -> rows("avg(A; w1)=1", two())).hasMessageContaining("there are 2 targets with the factor A").hasMessageContaining("[y, z]");
        assertThatThrownBy(() -> rows("avg(C; w1,w2)=1", two())).hasMessageContaining("no factor named C");
    }

    @Test
    void missingWeightsAndUnknownNames() {
        assertThatThrownBy(() -> rows("gap*A=1", one())).isInstanceOf(InvalidInputException.class)
                .hasMessage("column gap of gap*A=1 on 2020-01-02 is missing, but a constraint needs a number on every date: fill the column");
        assertThatThrownBy(() -> rows("A=gap", one())).hasMessageContaining("column gap of A=gap on 2020-01-02 is missing");
        assertThatThrownBy(() -> rows("none*A=1", one())).hasMessageContaining("weights of none*A=1 on 2020-01-01 is all zero");
        assertThatThrownBy(() -> rows("0*A=1", one())).hasMessageContaining("weights of 0*A=1 is all zero");
        assertThatThrownBy(() -> rows("C=1", one())).hasMessageContaining("no state named C").hasMessageContaining("alpha, A, B, Mkt-RF");
        assertThatThrownBy(() -> rows("A=1", two())).hasMessageContaining("no state named A").hasMessageContaining("A:y, A:z");
        assertThatThrownBy(() -> rows("w3*A=1", one())).hasMessageContaining("no column named w3");
    }

    @Test
    void aRecipeKeepsThemInOrder() {
        Recipe recipe = Recipe.builder().target("y", "A", "B", "Mkt-RF").intercept(true).initial("ols").joint("mle").constraint("sum=1").constraint("w1*A=1~0.1").build();
        assertThat(recipe.constraints()).map(Object::toString).containsExactly("sum=1", "w1*A=1~0.1");
        assertThat(recipe.constraintRows(recipe.sample(PANEL))).map(StateConstraint::expression).containsExactly("sum=1", "w1*A=1~0.1");
    }
}
