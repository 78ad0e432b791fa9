package org.betadrift.report.internal;

import java.io.IOException;
import java.util.Optional;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.PathResult;
import org.betadrift.filter.Retain;
import org.betadrift.filter.SmootherResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.Elapsed;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.Transition;

/** The block {@code series}: one list a key, one element a date. What wasn't kept, or not asked for, is left out. */
final class JsonSeries {
    private final FilterResult filter;
    private final Optional<SmootherResult> smoothed;
    private final Optional<PathResult> path;
    private final Optional<Elapsed> elapsed;
    private final JsonOut out;
    private final int periods;
    private final int targets;
    private final int states;

    /** @param elapsed where Q counts the days gone by */
    JsonSeries(FilterResult filter, Optional<SmootherResult> smoothed, Optional<PathResult> path, Optional<Elapsed> elapsed, JsonOut out) {
        this.filter = filter;
        this.smoothed = smoothed;
        this.path = path;
        this.elapsed = elapsed;
        this.out = out;
        this.periods = filter.sample().periods();
        this.targets = filter.sample().targets().size();
        this.states = filter.model().states().count();
    }

    /** Writes the element of one date. */
    private interface AtDate {
        void write(int t) throws IOException;
    }

    void write() throws IOException {
        perDate("date", t -> out.text(filter.sample().date(t).toString()));
        perDate("observed", t -> out.vector(targets, i -> filter.sample().y(t, i)));
        boolean kept = filter.options().retain() != Retain.FINAL;
        if (kept) {
            path("predicted", filter.predicted());
            path("filtered", filter.filtered());
        }
        if (smoothed.isPresent()) {
            path("smoothed", smoothed.get().smoothed());
        }
        if (path.isPresent()) {
            path(path.get());
        }
        if (kept) {
            observations();
        }
        if (smoothed.isPresent()) {
            new JsonLeaveOneOut(smoothed.get(), out).write();
            prices(smoothed.get());
        }
        transition(filter.model().transition());
        stateNoise(filter.model().stateNoise());
        varying("observationNoise", filter.model().observationNoise());
        if (elapsed.isPresent()) {
            double[] factors = elapsed.get().factors();
            out.vector("elapsed", periods, t -> factors[t]);
        }
    }

    private void path(PathResult path) throws IOException {
        means("pathMode", path.mode());
        if (path.causal().isPresent()) {
            means("pathCausal", path.causal().get());
        }
        if (path.draws().isPresent()) {
            perDate("pathLower", t -> out.vector(states, k -> path.band(t, k, JsonPath.LEVEL).lower()));
            perDate("pathUpper", t -> out.vector(states, k -> path.band(t, k, JsonPath.LEVEL).upper()));
            perDate("pathMean", t -> out.vector(states, k -> path.posteriorMean(t, k)));
        }
        perDate("shadowPrice", t -> out.vector(path.model().constraints().size(), c -> path.shadowPrice(t, c)));
    }

    private void observations() throws IOException {
        perDate("innovation", t -> out.vector(targets, i -> filter.innovation(t, i)));
        perDate("innovationCovariance", t -> out.matrix(targets, targets, (i, j) -> filter.innovationCovariance(t, i, j)));
        perDate("standardizedInnovation", t -> out.vector(targets, i -> filter.standardizedInnovation(t, i)));
        if (filter.options().retain() == Retain.ALL) {
            perDate("gain", t -> out.matrix(states, targets, (k, i) -> filter.gain(t, k, i)));
        }
        out.vector("logLikelihood", periods, filter::logLikelihood);
    }

    private void prices(SmootherResult its) throws IOException {
        if (its.hasConstraintMultipliers()) {
            int rows = filter.model().constraints().size();
            perDate("constraintMultiplier", t -> out.vector(rows, i -> its.constraintMultiplier(t, i)));
            perDate("constraintShift", t -> out.vector(rows, i -> its.constraintShift(t, i)));
            perDate("constraintReleaseGain", t -> out.vector(rows, i -> its.constraintReleaseGain(t, i)));
        }
    }

    private void path(String knows, StatePath path) throws IOException {
        means(knows + "Mean", path);
        if (path.hasCovariances()) {
            perDate(knows + "Covariance", t -> out.matrix(states, states, (i, j) -> path.covariance(t, i, j)));
        }
    }

    private void means(String key, StatePath path) throws IOException {
        perDate(key, t -> out.vector(states, k -> path.mean(t, k)));
    }

    private void transition(Transition transition) throws IOException {
        if (!transition.isConstant()) {
            perDate("transition", t -> {
                Matrix matrix = transition.matrix(t);
                out.matrix(states, states, matrix::get);
            });
        }
    }

    /** A discount has what it came to, (1 - delta) P_t|t-1, where P was kept. */
    private void stateNoise(Noise noise) throws IOException {
        if (noise.discount().isEmpty()) {
            varying("stateNoise", noise);
        } else if (filter.options().retain() == Retain.ALL) {
            double rest = 1 - noise.discount().getAsDouble();
            perDate("stateNoise", t -> out.matrix(states, states, (i, j) -> rest * filter.predicted().covariance(t, i, j)));
        }
    }

    private void varying(String key, Noise noise) throws IOException {
        if (!noise.isConstant()) {
            double[] packed = new double[Covariance.size(noise.dimension())];
            perDate(key, t -> {
                noise.copyPacked(t, packed);
                out.matrix(noise.dimension(), noise.dimension(), (i, j) -> packed[Covariance.index(i, j)]);
            });
        }
    }

    private void perDate(String key, AtDate element) throws IOException {
        out.array(key, () -> {
            for (int t = 0; t < periods; t++) {
                element.write(t);
            }
        });
    }
}
