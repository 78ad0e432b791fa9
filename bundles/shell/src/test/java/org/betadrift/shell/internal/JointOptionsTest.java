package org.betadrift.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.run.Recipe;
import org.betadrift.shell.internal.FakeHost.Outcome;
import org.junit.jupiter.api.Test;

/** {@code --joint} and {@code --strict}. */
class JointOptionsTest {
    private final FakeHost plain = new FakeHost(run -> run);

    private static FakeHost maximising(ConvergenceRecord record) {
        return new FakeHost(run -> run.withConvergence(record));
    }

    @Test
    void jointStandsForBothNoisesOrBesideOne() {
        assertThat(plain.estimate("--joint", "mle:state=full").code()).isZero();
        assertThat(plain.estimate("--joint", "mle-q", "--observation-noise", "ols").code()).isZero();
        Recipe both = plain.recipes.get(0);
        assertThat(both.joint().orElseThrow()).hasToString("mle:state=full");
        assertThat(both.stateNoise()).isEmpty();
        assertThat(both.observationNoise()).isEmpty();
        assertThat(plain.recipes.get(1).observationNoise().orElseThrow()).hasToString("ols");
        Outcome all = plain.estimate("--joint", "mle", "--observation-noise", "ols", "--state-noise", "factor-vol");
        assertThat(all.code()).isEqualTo(2);
        assertThat(all.err()).isEqualTo("betadrift: joint is mle, but observation noise ols and state noise factor-vol leave it nothing to fit: "
                + "take out the half it is to fit, or joint\n");
    }

    @Test
    void whatIsOpenListsTheJointStrategiesToo() {
        assertThat(plain.estimate()).isEqualTo(new Outcome(2, "", "betadrift: --state-noise is not given, and there are no silent defaults: "
                + "choose one of factor-vol, or --joint mle, mle-q\n"));
        assertThat(plain.estimate("--state-noise", "factor-vol").err())
                .contains("--observation-noise is not given", "choose one of ols, or --joint mle, mle-q");
    }

    @Test
    void strictFailsOnWhatHasNotConvergedAfterItIsWritten() {
        FakeHost flat = maximising(ConvergenceRecord.builder(false, "The log-likelihood is flat.").suggestion("give R.").build());
        assertThat(flat.estimate("--joint", "mle")).isEqualTo(new Outcome(0, "rendered\n", ""));
        assertThat(flat.estimate("--joint", "mle", "--strict"))
                .isEqualTo(new Outcome(1, "rendered\n", "betadrift: --joint mle has not converged: The log-likelihood is flat: give R.\n"));
        assertThat(maximising(ConvergenceRecord.builder(true, "Well.").build()).estimate("--joint", "mle", "--strict").code()).isZero();
        assertThat(plain.estimate("--state-noise", "factor-vol", "--observation-noise", "ols", "--strict").code()).isZero();
    }

    @Test
    void theHelpTells() {
        assertThat(plain.run("help", "estimate").out()).contains("--joint=CHOICE", "--strict");
    }
}
