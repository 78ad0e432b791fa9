package org.betadrift.report.internal;

import java.io.IOException;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.Noise;

/** The block {@code series}: one list a key, one element a date. */
final class JsonSeries {
    private final FilterResult filter;
    private final JsonOut out;
    private final int periods;
    private final int targets;
    private final int states;

    JsonSeries(FilterResult filter, JsonOut out) {
        this.filter = filter;
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
        path("predicted", filter.predicted());
        path("filtered", filter.filtered());
        perDate("innovation", t -> out.vector(targets, i -> filter.innovation(t, i)));
        perDate("innovationCovariance", t -> out.matrix(targets, targets, (i, j) -> filter.innovationCovariance(t, i, j)));
        perDate("standardizedInnovation", t -> out.vector(targets, i -> filter.standardizedInnovation(t, i)));
        perDate("gain", t -> out.matrix(states, targets, (k, i) -> filter.gain(t, k, i)));
        out.vector("logLikelihood", periods, filter::logLikelihood);
        varying("stateNoise", filter.model().stateNoise());
        varying("observationNoise", filter.model().observationNoise());
    }

    private void path(String knows, StatePath path) throws IOException {
        perDate(knows + "Mean", t -> out.vector(states, k -> path.mean(t, k)));
        perDate(knows + "Covariance", t -> out.matrix(states, states, (i, j) -> path.covariance(t, i, j)));
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
