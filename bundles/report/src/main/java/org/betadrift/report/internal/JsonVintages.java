package org.betadrift.report.internal;

import java.io.IOException;
import java.util.Optional;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Vintage;

/** The block {@code vintages}: the estimations of a point-in-time run. */
final class JsonVintages {
    private final ExposureRun run;
    private final JsonOut out;

    JsonVintages(ExposureRun run, JsonOut out) {
        this.run = run;
        this.out = out;
    }

    void write() throws IOException {
        for (Vintage vintage : run.vintages()) {
            out.object(() -> vintage(vintage));
        }
    }

    private void vintage(Vintage vintage) throws IOException {
        out.text("asOf", vintage.asOf().toString());
        out.text("from", vintage.from().toString());
        out.text("to", vintage.to().toString());
        out.object("model", new JsonModel(vintage.model(), vintage.model().constraints(), run.sample().targets(), Optional.empty(), out)::write);
        if (vintage.convergence().isPresent()) {
            out.object("estimation", new JsonEstimation(Parts.maximiser(run), vintage.convergence().get(), out)::write);
        } else {
            out.nothing("estimation");
        }
    }
}
