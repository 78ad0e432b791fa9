package org.betadrift.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.betadrift.filter.LikelihoodConvention;
import org.betadrift.filter.Retain;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
    @ParameterizedTest
    @ValueSource(strings = {"ols", "factor-vol:scale=2", "fixed:1e-4,1e-5", "known:mean=0.8,0.05,variance=100,100",
        "known:mean=0.8,0.05,covariance=100,-5/-5,100", "series:[Mkt-RF]", "mle:state=diagonal,alpha=static",
        "mean-reverting:0.9,0.8:1,0", "known:mean=0.8,0,variance=1,inf", "fixed-matrix:factor=MKT,value=2,1/1,2"})
    void choicesReadBack(String text) {
        assertThat(Choice.parse(text)).hasToString(text).isEqualTo(Choice.parse(Choice.parse(text).toString()));
    }

    @Test
    void aCommaFollowedByAKeyStartsTheNextKey() {
        assertThat(Choice.parse("known:mean=0.8,0.05,variance=100,100").options()).isEqualTo(Map.of("mean", "0.8,0.05", "variance", "100,100"));
        assertThat(Choice.parse("fixed:1,2").options()).isEqualTo(Map.of("value", "1,2"));
    }

    /** A value beside other keys needs its key, in whatever order they come. */
    @Test
    void aValueBesideOtherKeysReadsBack() {
        Choice choice = new Choice("fixed-matrix", new TreeMap<>(Map.of("value", "2,1/1,2", "factor", "MKT")));
        assertThat(choice).hasToString("fixed-matrix:factor=MKT,value=2,1/1,2").isEqualTo(Choice.parse(choice.toString()));
    }

    @Test
    void badChoices() {
        assertThatThrownBy(() -> Choice.parse("Factor Vol")).isInstanceOf(InvalidInputException.class).hasMessageContaining("\"Factor Vol\"");
        assertThatThrownBy(() -> Choice.parse("")).hasMessageContaining("strategy name is \"\"");
        assertThatThrownBy(() -> Choice.parse("s:a=1,a=2")).hasMessageContaining("option a of s:a=1,a=2 is given twice");
    }

    @Test
    void completeOrNotConstructible() {
        assertThatThrownBy(() -> Recipe.builder().target("y", "x").build()).hasMessageContaining("initial state is not chosen");
        assertThatThrownBy(() -> Recipe.builder().target("y", "x").initial("ols").build()).hasMessageContaining("observation noise is not chosen");
        assertThatThrownBy(() -> Recipe.builder().target("y", "x").initial("ols").observationNoise("ols").build())
                .hasMessageContaining("state noise is not chosen");
    }

    /** (R and Q), (joint), (joint and R), (joint and Q), and nothing else. */
    @Test
    void aJointStrategyStandsForBothNoisesOrBesideOne() {
        Recipe both = Recipe.builder().target("y", "x").initial("ols").joint("mle:state=full").build();
        assertThat(both.joint().orElseThrow()).hasToString("mle:state=full");
        assertThat(both.observationNoise()).isEmpty();
        assertThat(both.stateNoise()).isEmpty();
        assertThat(Recipe.builder().target("y", "x").initial("ols").joint("mle-q").observationNoise("ols").build().observationNoise()).isPresent();
        assertThat(Recipe.builder().target("y", "x").initial("ols").joint("mle-r").stateNoise("factor-vol").build().stateNoise()).isPresent();
        assertThatThrownBy(() -> Recipe.builder().target("y", "x").initial("ols").joint("mle").observationNoise("ols").stateNoise("factor-vol").build())
                .hasMessage("joint is mle, but observation noise ols and state noise factor-vol leave it nothing to fit: "
                        + "take out the half it is to fit, or joint");
        assertThatThrownBy(() -> Recipe.builder().target("y", "x").initial("ols").joint("mle").elapsed(true).build())
                .hasMessage("joint is mle, but elapsed days would scale the Q it has fitted without them: "
                        + "leave out elapsed, or choose state noise and observation noise one by one");
        assertThatThrownBy(() -> Recipe.builder().target("y", "x").joint("mle").build()).hasMessageContaining("initial state is not chosen");
    }

    @Test
    void buildersDontLeak() {
        Recipe.Builder b = Recipe.builder().target("y", "x").initial("ols").observationNoise("ols").stateNoise("factor-vol").burnIn(3);
        Recipe first = b.build();
        b.target("z", "x").burnIn(4);
        assertThat(first.factors()).containsOnlyKeys("y");
        assertThat(first.filterOptions().burnIn()).isEqualTo(3);
        assertThat(first.transition()).hasToString("random-walk");
        assertThat(first.engine()).isEmpty();
    }

    @Test
    void smoothingElapsedDaysAndRetentionAreAskedFor() {
        Recipe.Builder b = Recipe.builder().target("y", "x").initial("ols").observationNoise("ols").stateNoise("factor-vol");
        assertThat(b.build().smooth()).isFalse();
        assertThat(b.build().elapsed()).isFalse();
        assertThat(b.build().filterOptions().retain()).isEqualTo(Retain.ALL);
        Recipe recipe = b.smooth(true).elapsed(true).retain(Retain.MEANS).burnIn(2).build();
        assertThat(recipe.smooth()).isTrue();
        assertThat(recipe.elapsed()).isTrue();
        assertThat(recipe.filterOptions().retain()).isEqualTo(Retain.MEANS);
        assertThat(recipe.filterOptions().burnIn()).isEqualTo(2);
    }

    @Test
    void onlyALocalLinearTrendHasSlopes() {
        ReturnPanel panel = ReturnPanel.builder(List.of(LocalDate.of(2020, 1, 3))).column("y", 1).column("x", 1).build();
        Recipe.Builder b = Recipe.builder().target("y", "x").initial("ols").observationNoise("ols").stateNoise("factor-vol").intercept(true);
        assertThat(b.build().sample(panel).states().texts()).containsExactly("alpha", "x");
        assertThat(b.transition("local-linear-trend").build().sample(panel).states().texts()).containsExactly("alpha", "x", "slope:x");
    }

    @Test
    void conventions() {
        double c = 0.5 * Math.log(2 * Math.PI);
        assertThat(LikelihoodConvention.FULL.constant(10, 3)).isEqualTo(-10 * c);
        assertThat(LikelihoodConvention.NO_CONSTANT_DIFFUSE.constant(10, 3)).isEqualTo(-7 * c);
        assertThat(LikelihoodConvention.NO_CONSTANT.constant(10, 0)).isZero();
        assertThatThrownBy(() -> LikelihoodConvention.NO_CONSTANT.constant(10, 3)).hasMessageContaining("the start is diffuse");
        assertThat(LikelihoodConvention.parse("no-constant-diffuse")).isEqualTo(LikelihoodConvention.NO_CONSTANT_DIFFUSE);
        assertThatThrownBy(() -> LikelihoodConvention.parse("ful")).hasMessageContaining("did you mean full?");
        assertThatThrownBy(() -> Recipe.builder().burnIn(-1)).hasMessageContaining("burn-in is -1");
    }
}
