package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.diagnostic.DiagnosticContext;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.diagnostic.Table;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.model.BetadriftException;
import org.junit.jupiter.api.Test;

/** What every Diagnostic keeps, over the passes of seeded random cases; a failure names its seed. */
public abstract class DiagnosticContract {
    private Diagnostic diagnostic;

    /** The diagnostic under test. */
    protected abstract Diagnostic strategy();

    /** As in {@code @Strategy(multivariate = ...)}: half of the cases have several targets then. */
    protected boolean multivariate() {
        return false;
    }

    /** Cases a law is tried on; fewer where a strategy is slow. */
    protected int cases() {
        return 20;
    }

    /** Whether status, statistic and p-value are the same in every unit of y. */
    protected boolean isFreeOfUnits() {
        return true;
    }

    /** A status, a meaning of one sentence, tables whose names and keys are each there once. */
    @Test
    final void saysWhatItMeans() {
        Laws.forEach(every(), one -> requireWhole(diagnose(pass(one, 0))));
    }

    private static void requireWhole(DiagnosticResult result) {
        assertThat(result).as("the result").isNotNull();
        assertThat(result.meaning()).as("meaning").isNotBlank().doesNotContain("\n");
        assertThat(result.tables()).extracting(Table::name).doesNotHaveDuplicates();
        assertThat(result.tables()).allSatisfy(table -> {
            assertThat(table.name()).matches("[a-z][a-z0-9-]*");
            assertThat(table.columns()).isNotEmpty().extracting(Table.Column::key).doesNotHaveDuplicates()
                    .allSatisfy(key -> assertThat(key).matches("[a-z][A-Za-z0-9]*"));
            assertThat(table.columns()).extracting(Table.Column::title).allSatisfy(title -> assertThat(title).isNotBlank());
        });
    }

    /** Asked twice, it says the same to the last bit. */
    @Test
    final void isDeterministic() {
        Laws.forEach(every(), one -> {
            FilterResult pass = pass(one, 0);
            assertThat(all(diagnose(pass))).isEqualTo(all(diagnose(pass))).isEqualTo(all(diagnose(pass(one, 0))));
        });
    }

    /** Asked by four threads at once, it says what it says to one. */
    @Test
    final void isThreadSafe() throws Exception {
        Map<RandomCase, FilterResult> passes = new LinkedHashMap<>();
        Map<RandomCase, List<Object>> alone = new HashMap<>();
        every().forEach(one -> {
            passes.put(one, pass(one, 0));
            alone.put(one, all(diagnose(passes.get(one))));
        });
        Laws.forEachAtOnce(List.copyOf(passes.keySet()), one -> assertThat(all(diagnose(passes.get(one)))).isEqualTo(alone.get(one)));
    }

    /** The pass is afterwards what it was. */
    @Test
    final void leavesItsInputAlone() {
        Laws.forEach(every(), one -> {
            FilterResult pass = pass(one, 0);
            Numbers before = Numbers.of(pass);
            List<Object> sample = Snapshot.of(pass.sample());
            diagnose(pass);
            Numbers.of(pass).assertSame(before);
            assertThat(Snapshot.of(pass.sample())).isEqualTo(sample);
        });
    }

    /** No y, one date, a burn-in that leaves nothing, a factor that never moves and so on: a whole result or a BetadriftException. */
    @Test
    final void failsOnlyByABetadriftException() {
        Laws.forEach(every(), one -> {
            for (RandomCase hard : List.of(one.withoutTargets(), one.until(1), one.until(2), one.withConstantFactor(0))) {
                for (int burnIn : new int[] {0, 1, 100}) {
                    requireWholeOrTyped(pass(hard, burnIn));
                }
            }
        });
    }

    private void requireWholeOrTyped(FilterResult pass) {
        try {
            requireWhole(diagnose(pass));
        } catch (BetadriftException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
    }

    /** In percent or not, the verdict is the same. */
    @Test
    final void judgesFreeOfUnits() {
        Laws.forEach(isFreeOfUnits() ? every() : List.of(), one -> {
            DiagnosticResult before = diagnose(pass(one, 0));
            DiagnosticResult after = diagnose(pass(one.targetsTimes(1000), 0));
            assertThat(after.status()).as("status").isEqualTo(before.status());
            assertClose("statistic", after.statistic(), before.statistic());
            assertClose("p-value", after.pValue(), before.pValue());
        });
    }

    private static void assertClose(String what, double actual, double expected) {
        if (!Double.isNaN(actual) || !Double.isNaN(expected)) {
            assertThat(actual).as(what).isCloseTo(expected, Offset.offset(1e-6 * (1 + Math.abs(expected))));
        }
    }

    private static List<Object> all(DiagnosticResult result) {
        List<Object> all = new ArrayList<>(List.of(result.status(), result.meaning(), result.statistic(), result.pValue()));
        for (Table table : result.tables()) {
            all.addAll(List.of(table.name(), table.columns(), table.rows()));
            for (int row = 0; row < table.rows(); row++) {
                for (int column = 0; column < table.columns().size(); column++) {
                    all.add(table.cell(row, column));
                }
            }
        }
        return all;
    }

    private static FilterResult pass(RandomCase one, int burnIn) {
        return new TextbookEngine().filter(one.model(), one.sample(), FilterOptions.defaults().withBurnIn(burnIn), Monitor.NONE);
    }

    private List<RandomCase> every() {
        return Laws.cases(cases(), 40, multivariate(), true);
    }

    private DiagnosticResult diagnose(FilterResult pass) {
        if (diagnostic == null) {
            diagnostic = strategy();
        }
        return diagnostic.diagnose(DiagnosticContext.of(pass));
    }
}
