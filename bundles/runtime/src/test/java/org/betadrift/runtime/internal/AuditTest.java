package org.betadrift.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.filter.Retain;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.run.Audit;
import org.betadrift.run.Audit.Change;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Recipe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Look-ahead is found by truncation, whatever the strategies say. */
class AuditTest {
    private final FakeRegistry fake = new FakeRegistry();
    private final FakeStrategies strategies = new FakeStrategies(fake);

    @BeforeEach
    void strategies() {
        strategies.add();
    }

    private static Recipe recipe(String observationNoise) {
        return Recipe.builder().target("y", "x").initial("known").observationNoise(observationNoise).stateNoise("q").build();
    }

    private Audit audit(String observationNoise) {
        return strategies.audit(recipe(observationNoise), 5, 42).audit().orElseThrow();
    }

    @Test
    void aCausalRunHolds() {
        ExposureRun run = strategies.audit(recipe("r"), 5, 42);
        Audit audit = run.audit().orElseThrow();
        assertThat(audit.holds()).isTrue();
        assertThat(audit.isBroken()).isFalse();
        assertThat(audit.changes()).isEmpty();
        assertThat(audit.cuts()).hasSize(5).isSorted().allMatch(cut -> cut.isBefore(run.sample().date(29)));
        assertThat(audit("r").cuts()).isEqualTo(audit.cuts());
        assertThat(strategies.audit(recipe("r"), 5, 43).audit().orElseThrow().cuts()).isNotEqualTo(audit.cuts());
        assertThat(strategies.run(recipe("r")).audit()).isEmpty();
        assertThat(fake.inside()).isZero();
    }

    @Test
    void aClaimThatIsNotTrueIsBroken() {
        Audit audit = audit("liar");
        assertThat(audit.isBroken()).isTrue();
        assertThat(audit.changes()).extracting(Change::quantity).contains("filtered mean", "predicted mean", "filtered standard deviation");
        assertThat(audit.changes()).allSatisfy(change -> {
            assertThat(change.state()).isEqualTo("x");
            assertThat(change.date()).isBeforeOrEqualTo(change.cut());
            assertThat(change.whole()).isNotEqualTo(change.truncated());
        });
    }

    @Test
    void whereNothingIsClaimedNothingIsBroken() {
        Audit audit = audit("variance");
        assertThat(audit.claim().isNever()).isTrue();
        assertThat(audit.isBroken()).isFalse();
        assertThat(audit.holds()).isFalse();
        assertThat(audit.changes()).isNotEmpty();
    }

    /** Fitted on the first 20 rows: what is dated before them may change, and is no breach. */
    @Test
    void datesBeforeTheClaimDontCount() {
        fake.add(ObservationNoiseEstimator.class, "begin", 0, context -> {
            int rows = Math.min(20, context.sample().periods());
            double r = 0;
            for (int t = 0; t < rows; t++) {
                r += context.sample().h(t, 0, 0);
            }
            return Estimate.of(Noise.constant(Covariance.diagonal(r)), CausalFrom.afterRows(context.sample(), rows));
        });
        Audit audit = audit("begin");
        assertThat(audit.holds()).isTrue();
        assertThat(audit.cuts()).allMatch(cut -> !cut.isBefore(audit.claim().firstDate().orElseThrow()));
    }

    @Test
    void aCutThatFailsIsToldAndTheOthersCount() {
        fake.add(ObservationNoiseEstimator.class, "late", 0, context -> {
            if (context.sample().periods() < 20) {
                throw new InvalidInputException("too few");
            }
            return Estimate.of(Noise.constant(Covariance.diagonal(1)), CausalFrom.always());
        });
        Audit audit = strategies.audit(recipe("late"), 26, 1).audit().orElseThrow();
        assertThat(audit.holds()).isTrue();
        assertThat(audit.failures()).isNotEmpty().allSatisfy((cut, why) -> assertThat(why).isEqualTo("too few"));
        assertThat(audit.cuts().size() + audit.failures().size()).isEqualTo(26);
    }

    @Test
    void whatCannotBeAuditedIsRefused() {
        assertThatThrownBy(() -> strategies.audit(recipe("r"), 0, 1)).hasMessage("number of cuts is 0, but an audit cuts at least once: give 1 or more");
        assertThatThrownBy(() -> strategies.audit(Recipe.builder().target("y", "x").initial("known").observationNoise("r").stateNoise("q")
                .retain(Retain.FINAL).build(), 5, 1)).isInstanceOf(InvalidInputException.class).hasMessageContaining("retain is FINAL");
    }
}
