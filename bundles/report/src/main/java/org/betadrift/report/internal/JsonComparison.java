package org.betadrift.report.internal;

import java.io.IOException;
import java.util.Locale;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Retain;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Noise;
import org.betadrift.model.StateConstraint;
import org.betadrift.run.ExposureRun;

/** The block {@code comparison}: the run without constraints, and what its path makes of them. */
final class JsonComparison {
    private final ExposureRun run;
    private final ExposureRun free;
    private final JsonOut out;
    private final int states;

    JsonComparison(ExposureRun run, ExposureRun free, JsonOut out) {
        this.run = run;
        this.free = free;
        this.out = out;
        states = run.sample().states().count();
    }

    void write() throws IOException {
        FilterResult filter = free.filter();
        out.object("likelihood", () -> {
            out.number("value", filter.logLikelihood());
            out.text("convention", filter.options().convention().toString());
            out.integer("observations", filter.observations());
            out.integer("diffuseObservations", filter.diffuseObservations());
        });
        noise("stateNoise", filter.model().stateNoise());
        noise("observationNoise", filter.model().observationNoise());
        if (free.convergence().isPresent()) {
            out.object("estimation", new JsonEstimation(Parts.maximiser(free), free.convergence().get(), out)::write);
        } else {
            out.nothing("estimation");
        }
        out.object("series", this::series);
        out.array("constraints", this::constraints);
        out.texts("warnings", free.warnings());
    }

    private void noise(String key, Noise noise) throws IOException {
        if (noise.isConstant()) {
            out.matrix(key, noise.dimension(), noise.dimension(), noise.at(0)::get);
        } else {
            out.nothing(key);
        }
    }

    private void series() throws IOException {
        if (free.filter().options().retain() != Retain.FINAL) {
            path("predicted", free.filter().predicted());
            path("filtered", free.filter().filtered());
        }
        if (free.smoothed().isPresent()) {
            path("smoothed", free.smoothed().get().smoothed());
        }
    }

    private void path(String knows, StatePath path) throws IOException {
        out.array(knows + "Mean", () -> {
            for (int t = 0; t < path.dates().size(); t++) {
                int date = t;
                out.vector(states, k -> path.mean(date, k));
            }
        });
        if (path.hasCovariances()) {
            out.array(knows + "Covariance", () -> {
                for (int t = 0; t < path.dates().size(); t++) {
                    int date = t;
                    out.matrix(states, states, (i, j) -> path.covariance(date, i, j));
                }
            });
        }
    }

    /** Of the smoothed path where there is one. */
    private void constraints() throws IOException {
        if (free.filter().options().retain() == Retain.FINAL) {
            return;
        }
        StatePath path = free.smoothed().isPresent() ? free.smoothed().get().smoothed() : free.filter().filtered();
        for (StateConstraint row : run.model().constraints()) {
            FreeSums sums = new FreeSums(row, path, run.filter().options().burnIn());
            out.object(() -> {
                out.text("expression", row.expression());
                out.text("path", path.knows().name().toLowerCase(Locale.ROOT));
                out.number("mean", sums.mean());
                out.number("standardDeviation", sums.standardDeviation());
                out.number("min", sums.min());
                out.number("max", sums.max());
                out.number("last", sums.last());
                out.number("rootMeanSquareDistance", sums.distance());
            });
        }
    }
}
