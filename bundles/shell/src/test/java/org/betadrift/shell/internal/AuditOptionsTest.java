package org.betadrift.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.run.Audit;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Reestimation;
import org.betadrift.run.Vintage;
import org.junit.jupiter.api.Test;

/** {@code --audit} and {@code --reestimate}. */
class AuditOptionsTest {
    private static final LocalDate CUT = LocalDate.of(2020, 1, 10);

    private static FakeHost auditing(CausalFrom claim, Audit.Change... changes) {
        return new FakeHost(run -> run.withAudit(Audit.of(claim, 1, List.of(CUT), Map.of(), List.of(changes))));
    }

    private static FakeHost.Outcome estimate(FakeHost host, String... more) {
        String[] noises = {"--state-noise", "factor-vol", "--observation-noise", "ols"};
        String[] all = Stream.concat(Arrays.stream(noises), Arrays.stream(more)).toArray(String[]::new);
        return host.estimate(all);
    }

    @Test
    void cutsAndSeedAreTheUsersOrTheDefaults() {
        FakeHost host = auditing(CausalFrom.always());
        assertThat(estimate(host, "--audit", "--format", "text")).isEqualTo(new FakeHost.Outcome(0, "rendered\n", ""));
        assertThat(estimate(host, "--audit=3", "--seed", "9").code()).isZero();
        assertThat(host.audits).containsExactly(8, 1L, 3, 9L);
    }

    @Test
    void aBrokenClaimIsAFailureAfterTheResultIsWritten() {
        Audit.Change change = new Audit.Change(CUT, LocalDate.of(2020, 1, 3), "x", "filtered mean", 1.5, 1.25);
        assertThat(estimate(auditing(CausalFrom.always(), change), "--audit")).isEqualTo(new FakeHost.Outcome(1, "rendered\n",
                "betadrift: look-ahead: the run says it is causal, but the filtered mean of x on 2020-01-03 is 1.5, and 1.25 without the rows after "
                        + "2020-01-10: don't backtest with these strategies, or re-estimate point in time (--reestimate)\n"));
        assertThat(estimate(auditing(CausalFrom.never(), change), "--audit").code()).isZero();
    }

    @Test
    void schedules() {
        FakeHost host = new FakeHost(run -> run);
        assertThat(estimate(host, "--reestimate", "yearly").code()).isZero();
        assertThat(host.recipes.get(0).pointInTime()).contains(new Reestimation(Period.ofYears(1), 60));
        estimate(host, "--reestimate", "quarterly:104");
        assertThat(host.recipes.get(1).pointInTime()).contains(new Reestimation(Period.ofMonths(3), 104));
        assertThat(estimate(host, "--reestimate", "yearli").err()).isEqualTo("betadrift: no --reestimate named yearli: did you mean yearly? "
                + "present are yearly, quarterly, monthly\n");
        assertThat(estimate(host, "--reestimate", "yearly:many").err()).contains("the rows of the first estimation are no whole number");
        assertThat(estimate(host, "--reestimate", "yearly", "--smooth").err()).contains("smooth is true, but a point-in-time run");
    }

    @Test
    void strictLooksAtEveryVintage() {
        FakeHost host = new FakeHost(run -> {
            ConvergenceRecord well = ConvergenceRecord.builder(true, "Well.").build();
            return run.withConvergence(well).withVintages(List.of(vintage(run, ConvergenceRecord.builder(false, "Flat.").build()), vintage(run, well)));
        });
        assertThat(host.estimate("--joint", "mle", "--strict", "--reestimate", "yearly").err())
                .isEqualTo("betadrift: --joint mle has not converged in 1 of 2 vintages, first as of 2020-01-10: Flat.\n");
    }

    private static Vintage vintage(ExposureRun run, ConvergenceRecord record) {
        return new Vintage(CUT, CUT.plusDays(7), CUT.plusDays(14), run.model(), Optional.of(record));
    }
}
