package org.betadrift.runtime.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.run.Provenance;
import org.betadrift.run.Recipe;
import org.betadrift.run.Vintage;

/**
 * Everything estimated anew at each of a recipe's dates, on the rows there were: each estimation serves the dates after its
 * last row until the next one. Whatever the strategies look at, no date from the first served one on knows a later row.
 */
final class PointInTime {
    private final Recipe recipe;
    private final ReturnPanel panel;
    private final Sample whole;
    private final Parts parts;
    private final Monitor monitor;

    PointInTime(Recipe recipe, ReturnPanel panel, Sample whole, Parts parts, Monitor monitor) {
        this.recipe = recipe;
        this.panel = panel;
        this.whole = whole;
        this.parts = parts;
        this.monitor = monitor;
    }

    /** @throws InvalidInputException there is nothing to serve, or an estimation fails (says as of when) */
    Pass run() {
        List<Integer> rows = recipe.pointInTime().orElseThrow().rows(whole.dates());
        FilterOptions options = burnIn(rows.get(0));
        Stitch stitch = new Stitch(whole, options);
        List<Vintage> vintages = new ArrayList<>();
        Set<String> warnings = new LinkedHashSet<>();
        List<Provenance> provenance = List.of();
        Optional<ConvergenceRecord> convergence = Optional.empty();
        for (int v = 0; v < rows.size(); v++) {
            int seen = rows.get(v);
            int end = v + 1 < rows.size() ? rows.get(v + 1) : whole.periods();
            LocalDate asOf = whole.date(seen - 1);
            monitor.progress((double) v / rows.size(), "the vintage of " + asOf);
            Sample known = recipe.sample(panel.first(seen));
            Sample served = recipe.sample(panel.first(end));
            Estimated estimated = estimated(known, asOf);
            Extension extension = new Extension(recipe, estimated, known, served, parts, monitor);
            FilterResult pass = parts.engine().service().filter(extension.model(), served, burnIn(seen), monitor);
            stitch.add(pass, v == 0 ? 0 : seen);
            warnings.addAll(estimated.warnings());
            warnings.addAll(extension.warnings());
            warnings.addAll(pass.warnings());
            vintages.add(new Vintage(asOf, whole.date(seen), whole.date(end - 1), extension.model(), estimated.convergence()));
            provenance = estimated.provenance();
            convergence = estimated.convergence();
        }
        CausalFrom first = CausalFrom.afterRows(whole, rows.get(0) + 1);
        return new Pass(stitch.result(), convergence, vintages, provenance.stream().map(part -> causal(part, first)).toList(), List.copyOf(warnings));
    }

    /** Sums begin where a vintage serves. */
    private FilterOptions burnIn(int seen) {
        return recipe.filterOptions().withBurnIn(Math.max(seen, recipe.filterOptions().burnIn()));
    }

    private Estimated estimated(Sample known, LocalDate asOf) {
        try {
            SampleCheck.require(known, 0);
            return new Estimation(recipe, known, parts, monitor).run();
        } catch (InvalidInputException e) {
            throw new InvalidInputException("as of " + asOf + ", with " + known.periods() + " rows: " + e.getMessage());
        }
    }

    /** Strategies that look at all their rows have looked at those of their vintage. */
    private static Provenance causal(Provenance part, CausalFrom first) {
        return new Provenance(part.strategy(), part.configuration(),
                part.causalFrom().map(its -> its.isNever() || its.and(first).equals(its) ? first : its));
    }
}
