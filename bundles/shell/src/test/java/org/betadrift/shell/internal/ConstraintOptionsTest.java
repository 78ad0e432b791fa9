package org.betadrift.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code --constraint}. */
class ConstraintOptionsTest {
    private static final String[] NOISES = {"--state-noise", "factor-vol", "--observation-noise", "ols"};

    private final FakeHost host = new FakeHost(run -> run);

    private FakeHost.Outcome estimate(String... more) {
        String[] all = new String[NOISES.length + more.length];
        System.arraycopy(NOISES, 0, all, 0, NOISES.length);
        System.arraycopy(more, 0, all, NOISES.length, more.length);
        return host.estimate(all);
    }

    @Test
    void isRepeatableAndKeptInOrder() {
        assertThat(estimate("--constraint", "sum=1", "--constraint", "w*x=1~0.01").code()).isZero();
        assertThat(host.recipes.get(0).constraints()).map(Object::toString).containsExactly("sum=1", "w*x=1~0.01");
        assertThat(estimate().code()).isZero();
        assertThat(host.recipes.get(1).constraints()).isEmpty();
    }

    @Test
    void whatIsNoConstraintIsAnErrorOfOneLine() {
        assertThat(estimate("--constraint", "sum")).isEqualTo(new FakeHost.Outcome(2, "",
                "betadrift: constraint is \"sum\", but \"=\" is expected where it says nothing more: write for example sum=1, sum=1~0.01, "
                        + "0.6*A+0.4*B=1, A>=0 or long-only\n"));
    }

    /** A weight is no return: compounded it would be wrong without a sign of it. */
    @Test
    void weightsAreNotCompounded() {
        assertThat(estimate("--constraint", "w*x=1", "--frequency", "weekly").err())
                .contains("--constraint is w*x=1, but --frequency weekly would compound w as a return: declare it by --level w");
        assertThat(estimate("--constraint", "w*x=1", "--frequency", "weekly", "--level", "w").code()).isZero();
        assertThat(estimate("--constraint", "sum=1", "--frequency", "weekly").code()).isZero();
    }

    @Test
    void theComparisonNeedsOne() {
        assertThat(estimate("--constraint", "sum=1", "--compare-unconstrained").code()).isZero();
        assertThat(host.recipes.get(0).compareUnconstrained()).isTrue();
        assertThat(estimate("--constraint", "sum=1").code()).isZero();
        assertThat(host.recipes.get(1).compareUnconstrained()).isFalse();
        assertThat(estimate("--compare-unconstrained")).isEqualTo(new FakeHost.Outcome(2, "",
                "betadrift: --compare-unconstrained is given, but there is no constraint to leave out: add --constraint, for example sum=1\n"));
    }

    @Test
    void inequalitiesAndThePathReachTheRecipe() {
        assertThat(estimate("--constraint", "long-only", "--constraint", "gross<=1.5").code()).isZero();
        assertThat(host.recipes.get(0).inequalities()).map(Object::toString).containsExactly("long-only", "gross<=1.5");
        assertThat(host.recipes.get(0).path()).isEmpty();
        assertThat(host.recipes.get(0).wantsPath()).isTrue();
        assertThat(host.recipes.get(0).seed()).isEqualTo(1);
        assertThat(estimate("--constraint", "x>=0", "--path", "path:draws=20,causal=true", "--seed", "9").code()).isZero();
        assertThat(host.recipes.get(1).path().orElseThrow()).hasToString("path:draws=20,causal=true");
        assertThat(host.recipes.get(1).seed()).isEqualTo(9);
        assertThat(estimate("--constraint", "sum=1").code()).isZero();
        assertThat(host.recipes.get(2).wantsPath()).isFalse();
    }

    @Test
    void notPointInTime() {
        assertThat(estimate("--constraint", "x>=0", "--reestimate", "yearly:1")).satisfies(outcome -> {
            assertThat(outcome.code()).isEqualTo(2);
            assertThat(outcome.err()).contains("constraint x>=0 is asked of a point-in-time run").hasLineCount(1);
        });
    }

    @Test
    void theHelpTells() {
        assertThat(host.run("help", "estimate").out()).contains("--constraint=EXPRESSION", "sum=1~0.01", "long-only", "--path=CHOICE", "90 % bands");
    }
}
