package org.betadrift.report.internal;

import java.io.IOException;
import org.betadrift.filter.PathResult;
import org.betadrift.filter.PosteriorPaths;
import org.betadrift.run.ExposureRun;

/** The block {@code path}: how good the path under every constraint is; its numbers by date are in the series. */
final class JsonPath {
    /** Of the bands. */
    static final double LEVEL = 0.9;

    private final ExposureRun run;
    private final PathResult path;
    private final JsonOut out;

    JsonPath(ExposureRun run, PathResult path, JsonOut out) {
        this.run = run;
        this.path = path;
        this.out = out;
    }

    void write() throws IOException {
        out.text("strategy", Parts.pathEstimator(run));
        out.texts("constraints", new ConstraintNames(path.model(), run.sample()).all());
        out.number("kktResidual", path.kktResidual());
        out.number("violation", path.violation());
        out.integer("iterations", path.iterations());
        out.integer("draws", path.draws().map(PosteriorPaths::draws).orElse(0));
        out.integer("seed", run.recipe().seed());
        out.number("effectiveDraws", leastEffectiveDraws(path));
        out.number("level", path.draws().isPresent() ? LEVEL : Double.NaN);
        out.number("logDensityGivenUp", path.logDensityGivenUp());
    }

    /** Of all states and dates; NaN without draws. */
    static double leastEffectiveDraws(PathResult path) {
        double least = Double.POSITIVE_INFINITY;
        for (int t = 0; t < path.sample().periods() && path.draws().isPresent(); t++) {
            for (int k = 0; k < path.model().states().count(); k++) {
                least = Math.min(least, path.effectiveDraws(t, k));
            }
        }
        return Double.isInfinite(least) ? Double.NaN : least;
    }
}
