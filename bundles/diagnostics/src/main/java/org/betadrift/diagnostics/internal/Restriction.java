package org.betadrift.diagnostics.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.betadrift.diagnostic.Alternative;
import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.diagnostic.DiagnosticContext;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.diagnostic.DiagnosticResult.Status;
import org.betadrift.diagnostic.Table;
import org.betadrift.estimation.Strategy;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Retain;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.StateConstraint;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Are the equality constraints compatible with the returns? Tables {@code restriction}, a row per test, and {@code restriction-levels}, a row per
 * constraint. The null of every test is that the constraints hold, and the start is treated alike on both sides:
 * <ul>
 * <li>{@code level}: every right side is what it is, against another one on every date. Exact for a given model: chi-squared.
 * <li>{@code path}: the right side of a constraint is c throughout, against another one for part of the time. Each innovation of y has a part in
 * the direction in which the right side moves it; their sums are a Brownian motion on the scale of what y tells, so that
 * the largest has a p-value for all dates together. Of several constraints the smallest p-value times their number.
 * <li>{@code likelihood-ratio}, where a wider model was estimated: the constraints hold on every date, against a fixed unknown level on
 * the first date and drift in every direction since. Variances sit on their boundary under the null, so that chi-squared says too large a p-value.
 * </ul>
 * Estimated noises are taken as given. The caution is at 5 % for all tests together. Of tolerant or varying constraints the filter counts those up to each
 * date, and so do the tests.
 */
@Component(name = "org.betadrift.diagnostic.restriction", property = "betadrift.order:Integer=300")
@Designate(ocd = Ranking.class)
@Strategy(name = "restriction", description = "tests whether constraints are compatible with the returns", causal = true, multivariate = true)
public final class Restriction implements Diagnostic {
    private static final double REJECTS = 0.05;

    /** One test: what it is called, its number, its degrees of freedom (NaN: none), its p-value and what that is about. */
    private record Test(String name, double statistic, double degreesOfFreedom, double pValue, String against) { }

    @Override
    public boolean appliesTo(DiagnosticContext context) {
        List<StateConstraint> rows = context.filter().model().constraints();
        return context.engine().isPresent() && !rows.isEmpty() && rows.stream().allMatch(StateConstraint::isEquality);
    }

    @Override
    public DiagnosticResult diagnose(DiagnosticContext context) {
        if (!appliesTo(context)) {
            throw new InvalidInputException("there is no equality constraint to test, or no engine to test it with");
        }
        FilterResult filter = context.filter();
        if (filter.options().retain() == Retain.FINAL) {
            throw new IllegalStateException("the dates' innovations weren't kept");
        }
        FilterEngine engine = context.engine().orElseThrow();
        Levels levels = Levels.of(filter, engine);
        if (levels.rank() == 0) {
            return DiagnosticResult.of(Status.OK, "the returns don't tell of the constraints' right sides: there is nothing to test");
        }
        List<Test> tests = new ArrayList<>();
        tests.add(new Test("level", levels.statistic(), levels.rank(), Distributions.chiSquaredTail(levels.statistic(), levels.rank()),
                "another right side on every date"));
        tests.add(path(levels, filter));
        context.alternative().ifPresent(wider -> tests.add(likelihoodRatio(filter, wider, engine)));
        Table.Builder table = Table.builder("restriction").text("test", "Test").number("statistic", "Statistic").number("degreesOfFreedom", "df")
                .number("pValue", "p-value").text("against", "Against");
        tests.forEach(test -> table.row(test.name, test.statistic, test.degreesOfFreedom, test.pValue, test.against));
        Test strongest = tests.stream().min((a, b) -> Double.compare(a.pValue, b.pValue)).orElseThrow();
        boolean rejected = strongest.pValue * tests.size() < REJECTS; // each of them would be wrong that often
        return DiagnosticResult.of(rejected ? Status.CAUTION : Status.OK, meaning(filter, rejected, strongest, levels), table.build(), table(levels, filter))
                .withTest(tests.get(0).statistic, tests.get(0).pValue);
    }

    private static Test path(Levels levels, FilterResult filter) {
        double[] most = {0, Double.NaN};
        for (int row = 0; row < levels.rows().size(); row++) {
            double[] its = levels.largestExcursion(row);
            most = its[0] > most[0] ? its : most;
        }
        double p = Math.min(1, levels.rows().size() * Distributions.brownianExcursionTail(most[0]));
        return new Test("path", most[0], Double.NaN, p, Double.isNaN(most[1]) ? "another right side for a time"
                : "another right side for a time, most until " + filter.sample().date((int) most[1]));
    }

    /** The level on the first date is where it is best, in closed form. */
    private static Test likelihoodRatio(FilterResult filter, Alternative wider, FilterEngine engine) {
        Levels first = Levels.of(wider.filter(), engine);
        double statistic = Math.max(0, 2 * (wider.filter().logLikelihood() - filter.logLikelihood()) + first.statistic());
        int df = wider.parameters() + first.rank();
        return new Test("likelihood-ratio", statistic, df, Distributions.chiSquaredTail(statistic, df), "any level at first, and drift in every direction since");
    }

    private static Table table(Levels levels, FilterResult filter) {
        Table.Builder table = Table.builder("restriction-levels").text("constraint", "Constraint").text("target", "Target").number("shift", "Returns would have it")
                .number("standardError", "Standard error");
        for (int row = 0; row < levels.rows().size(); row++) {
            table.row(levels.rows().get(row).expression(), target(levels.rows().get(row), filter), levels.shift(row), levels.standardError(row));
        }
        return table.build();
    }

    /** Of one that is about a single target. */
    private static String target(StateConstraint row, FilterResult filter) {
        List<Integer> targets = new ArrayList<>();
        for (int k = 0; k < row.dimension(); k++) {
            int target = filter.sample().target(k);
            if (row.weight(0, k) != 0 && !targets.contains(target)) {
                targets.add(target);
            }
        }
        return targets.size() == 1 ? filter.sample().targets().get(targets.get(0)) : "several";
    }

    private static String meaning(FilterResult filter, boolean rejected, Test strongest, Levels levels) {
        String its = filter.model().constraints().size() == 1 ? "the constraint " + filter.model().constraints().get(0) : "the constraints";
        String level = levels.rows().size() == 1 ? String.format(Locale.ROOT, "; the returns would have it %.3g %s (standard error %.2g)",
                Math.abs(levels.shift(0)), levels.shift(0) < 0 ? "lower" : "higher", levels.standardError(0)) : "";
        return rejected
                ? String.format(Locale.ROOT, "the returns speak against %s: p %s of the test %s", its,
                        strongest.pValue == 0 ? "< 1e-300" : String.format(Locale.ROOT, "= %.2g", strongest.pValue), strongest.name) + level
                : String.format(Locale.ROOT, "the returns don't speak against %s: the smallest p is %.2g", its, strongest.pValue) + level;
    }
}
