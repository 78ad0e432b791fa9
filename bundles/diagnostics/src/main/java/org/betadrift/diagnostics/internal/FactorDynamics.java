package org.betadrift.diagnostics.internal;

import java.util.ArrayList;
import java.util.List;
import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.diagnostic.DiagnosticContext;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.diagnostic.Table;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Sample;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Table {@code factor-dynamics}: seed 002's second table, a row per state (alpha too), over the dates after the burn-in.
 * All of filtered exposures: their z-score is (final - average) / standard deviation, drift is their change from date to
 * date, a contribution is the exposure times its factor (0 of a slope). Standard deviations with n - 1. Dates on which a
 * diffuse start leaves no exposure are left out, and counted in the meaning.
 */
@Component(name = "org.betadrift.diagnostic.factor-dynamics", property = "betadrift.order:Integer=200")
@Designate(ocd = Ranking.class)
@Strategy(name = "factor-dynamics", description = "level, range, drift and contribution of every exposure", causal = true, multivariate = true)
public final class FactorDynamics implements Diagnostic {
    @Override
    public DiagnosticResult diagnose(DiagnosticContext context) {
        Pass pass = new Pass(context.filter());
        Sample sample = pass.sample();
        Table.Builder table = Table.builder("factor-dynamics").text("target", "Target").text("factor", "Factor")
                .number("averageBeta", "Avg Beta").number("betaStd", "Beta Std").number("finalBeta", "Final Beta")
                .number("betaZScore", "Beta Z-Score").number("minBeta", "Min Beta").number("maxBeta", "Max Beta")
                .number("driftVolatility", "Drift Volatility").number("meanGain", "Mean Gain")
                .number("averageContribution", "Avg Contribution").number("finalContribution", "Final Contribution");
        List<String> targets = sample.targets();
        List<String> leftOut = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            for (int k : pass.statesOf(i)) {
                double[] path = pass.filtered(k);
                double[] beta = Statistics.present(path);
                if (beta.length < path.length) {
                    leftOut.add((path.length - beta.length) + " of " + sample.states().texts().get(k));
                }
                double average = Statistics.mean(beta);
                double std = Statistics.standardDeviation(beta);
                double last = Statistics.last(beta);
                double[] contributions = Statistics.present(pass.contributions(k));
                table.row(targets.get(i), sample.states().names().get(k).factor(), average, std, last, (last - average) / std,
                        Statistics.min(beta), Statistics.max(beta), Statistics.standardDeviation(Statistics.differences(beta)),
                        Statistics.mean(Statistics.present(pass.gain(k, i))), Statistics.mean(contributions), Statistics.last(contributions));
            }
        }
        String meaning = "filtered exposures of " + sample.states().count() + " states"
                + (leftOut.isEmpty() ? "" : "; the diffuse start leaves out the first dates: " + String.join(", ", leftOut));
        return DiagnosticResult.of(DiagnosticResult.Status.OK, meaning, table.build());
    }
}
