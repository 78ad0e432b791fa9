package org.betadrift.diagnostics.internal;

import java.util.Locale;
import java.util.stream.IntStream;
import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.diagnostic.DiagnosticContext;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.diagnostic.Table;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Sample;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Table {@code fit-summary}: seed 002's first table, a row per target, over the dates after the burn-in. Final RMSE is
 * the absolute last innovation (as the seed printed it), mean RMSE is sqrt(mean(innovation^2)); the gain norm is the mean
 * over observed dates of |K_t|, the drift norm the mean of |beta_t|t - beta_t-1|t-1|, both over exposures without slopes.
 * With several targets a row's gain is that of the target's exposures on its own innovation, and the log-likelihood that of all.
 * Observations that entered through a diffuse start have no innovation: they are left out, and counted in the meaning.
 */
@Component(name = "org.betadrift.diagnostic.fit-summary", property = "betadrift.order:Integer=100")
@Designate(ocd = Ranking.class)
@Strategy(name = "fit-summary", description = "one-step errors, log-likelihood, gain and drift of a run", causal = true, multivariate = true)
public final class FitSummary implements Diagnostic {
    @Override
    public DiagnosticResult diagnose(DiagnosticContext context) {
        Pass pass = new Pass(context.filter());
        Sample sample = pass.sample();
        Table.Builder table = Table.builder("fit-summary").text("target", "Target").text("dateRange", "Date Range").text("observations", "# Observations")
                .number("finalRmse", "Final RMSE").number("meanRmse", "Mean RMSE").number("totalSse", "Total SSE")
                .number("cumulativeLogLikelihood", "Cumulative Log-Likelihood").number("meanGainNorm", "Mean Gain Norm")
                .number("meanDriftNorm", "Mean Drift Norm");
        if (pass.first() == sample.periods()) {
            return DiagnosticResult.of(DiagnosticResult.Status.FAIL, "the burn-in leaves no date", table.build());
        }
        double squares = 0;
        int observations = 0;
        int diffuse = 0;
        for (int i = 0; i < sample.targets().size(); i++) {
            double[] innovations = pass.innovations(i);
            double sse = Statistics.sumOfSquares(innovations);
            table.row(sample.targets().get(i), sample.date(pass.first()) + " → " + sample.date(sample.periods() - 1), innovations.length,
                    Math.abs(Statistics.last(innovations)), Math.sqrt(sse / innovations.length), sse, context.filter().logLikelihood(),
                    meanGainNorm(pass, i), meanDriftNorm(pass, i));
            squares += sse;
            observations += innovations.length;
            diffuse += pass.withoutInnovation(i);
        }
        if (observations == 0) {
            String why = diffuse == 0 ? "there is no observation after the burn-in"
                    : "every observation after the burn-in entered through the diffuse start, so there are no one-step errors";
            return DiagnosticResult.of(DiagnosticResult.Status.FAIL, why, table.build());
        }
        String meaning = String.format(Locale.ROOT, "one-step errors of %.3g (root mean square) over %d observations",
                Math.sqrt(squares / observations), observations) + (diffuse == 0 ? "" : "; the diffuse start takes " + diffuse + " more, which have none");
        return DiagnosticResult.of(DiagnosticResult.Status.OK, meaning, table.build());
    }

    private static double meanGainNorm(Pass pass, int target) {
        int[] states = pass.exposuresOf(target);
        double[][] gains = IntStream.of(states).mapToObj(k -> pass.gain(k, target)).toArray(double[][]::new);
        return Statistics.mean(Statistics.present(norms(gains)));
    }

    private static double meanDriftNorm(Pass pass, int target) {
        int[] states = pass.exposuresOf(target);
        double[][] drifts = IntStream.of(states).mapToObj(k -> Statistics.differences(pass.filtered(k))).toArray(double[][]::new);
        return Statistics.mean(Statistics.present(norms(drifts)));
    }

    /** Euclidean length across the rows, date by date. */
    private static double[] norms(double[][] rows) {
        return IntStream.range(0, rows[0].length)
                .mapToDouble(t -> Math.sqrt(IntStream.range(0, rows.length).mapToDouble(k -> rows[k][t] * rows[k][t]).sum())).toArray();
    }
}
