package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.diagnostic.DiagnosticContext;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.diagnostic.DiagnosticResult.Status;
import org.betadrift.diagnostic.Table;
import org.betadrift.filter.FilterResult;
import org.junit.jupiter.api.Test;

/** A sound diagnostic passes every law; each broken one fails the law it breaks. */
class DiagnosticContractTest {
    @Test
    void acceptsASoundOne() {
        assertThat(Suite.run(Standardized.class).failures()).isEmpty();
        assertThat(Suite.run(Standardized.class).tests()).isEqualTo(6);
    }

    @Test
    void rejectsBrokenOnes() {
        assertThat(Suite.run(Counts.class).failures()).containsOnlyKeys("isDeterministic", "isThreadSafe");
        assertThat(Suite.run(SharesItsPass.class).failures()).containsOnlyKeys("isThreadSafe");
        assertThat(Suite.run(Speechless.class).failures()).containsOnlyKeys("saysWhatItMeans", "failsOnlyByABetadriftException");
        assertThat(Suite.run(TwiceTheSameTable.class).failures()).containsOnlyKeys("saysWhatItMeans", "failsOnlyByABetadriftException");
        assertThat(Suite.run(Crashes.class).failures()).containsOnlyKeys("failsOnlyByABetadriftException");
        assertThat(Suite.run(JudgesByUnits.class).failures()).containsOnlyKeys("judgesFreeOfUnits");
    }

    @Test
    void unitsMayMatterWhereItSaysSo() {
        assertThat(Suite.run(JudgesByUnitsAndSaysSo.class).failures()).isEmpty();
    }

    /** The mean square of the standardized innovations. */
    static class Standardized extends DiagnosticContract {
        @Override
        protected Diagnostic strategy() {
            return this::diagnose;
        }

        @Override
        protected int cases() {
            return 4;
        }

        @Override
        protected boolean multivariate() {
            return true;
        }

        DiagnosticResult diagnose(DiagnosticContext context) {
            return result(context.filter());
        }

        static DiagnosticResult result(FilterResult pass) {
            double sum = 0;
            for (int t = pass.options().burnIn(); t < pass.sample().periods(); t++) {
                double z = pass.standardizedInnovation(t, 0);
                sum += Double.isNaN(z) ? 0 : z * z;
            }
            Table table = Table.builder("mean-square").number("sum", "Sum").row(sum).build();
            return DiagnosticResult.of(Status.OK, "a sum of " + pass.sample().periods() + " dates", table).withTest(sum, Double.NaN);
        }
    }

    static class Counts extends Standardized {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        DiagnosticResult diagnose(DiagnosticContext context) {
            return DiagnosticResult.of(Status.OK, "call " + calls.incrementAndGet());
        }
    }

    static class SharesItsPass extends Standardized {
        private FilterResult pass;

        @Override
        DiagnosticResult diagnose(DiagnosticContext context) {
            pass = context.filter();
            for (int i = 0; i < 100; i++) {
                result(context.filter()); // takes a while
                Thread.yield();
            }
            return result(pass);
        }
    }

    static class Speechless extends Standardized {
        @Override
        DiagnosticResult diagnose(DiagnosticContext context) {
            return DiagnosticResult.of(Status.OK, "");
        }
    }

    static class TwiceTheSameTable extends Standardized {
        @Override
        DiagnosticResult diagnose(DiagnosticContext context) {
            Table table = Table.builder("table").text("key", "Key").build();
            return DiagnosticResult.of(Status.OK, "twice", table, table);
        }
    }

    static class Crashes extends Standardized {
        @Override
        DiagnosticResult diagnose(DiagnosticContext context) {
            context.filter().sample().date(context.filter().options().burnIn());
            return super.diagnose(context);
        }
    }

    static class JudgesByUnits extends Standardized {
        @Override
        DiagnosticResult diagnose(DiagnosticContext context) {
            double first = context.filter().filtered().mean(context.filter().sample().periods() - 1, 0);
            return DiagnosticResult.of(Math.abs(first) > 1 ? Status.CAUTION : Status.OK, "a beta of " + first);
        }
    }

    static class JudgesByUnitsAndSaysSo extends JudgesByUnits {
        @Override
        protected boolean isFreeOfUnits() {
            return false;
        }
    }
}
