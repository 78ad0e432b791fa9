package org.betadrift.report.internal;

import java.io.IOException;
import java.util.function.IntToDoubleFunction;
import org.betadrift.filter.SmootherResult;
import org.betadrift.model.Noise;

/** What every observation is beside all the others: series of the backward pass. */
final class JsonLeaveOneOut {
    private final SmootherResult smoothed;
    private final JsonOut out;
    private final int periods;
    private final int targets;

    JsonLeaveOneOut(SmootherResult smoothed, JsonOut out) {
        this.smoothed = smoothed;
        this.out = out;
        this.periods = smoothed.filter().sample().periods();
        this.targets = smoothed.filter().sample().targets().size();
    }

    /** The numbers of one date, by target. */
    private interface AtDate {
        IntToDoubleFunction at(int t);
    }

    void write() throws IOException {
        perDate("leaveOneOutResidual", t -> i -> smoothed.leaveOneOutResidual(t, i));
        perDate("leaveOneOutVariance", t -> i -> smoothed.leaveOneOutVariance(t, i));
        perDate("leverage", t -> {
            boolean diagonal = isDiagonal(smoothed.filter().model().observationNoise(), t);
            return i -> diagonal ? smoothed.leverage(t, i) : Double.NaN;
        });
    }

    /** Beside correlated noises of other targets a leverage means nothing. */
    private static boolean isDiagonal(Noise r, int t) {
        for (int i = 0; i < r.dimension(); i++) {
            for (int j = 0; j < i; j++) {
                if (r.at(t).get(i, j) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private void perDate(String key, AtDate numbers) throws IOException {
        out.array(key, () -> {
            for (int t = 0; t < periods; t++) {
                out.vector(targets, numbers.at(t));
            }
        });
    }
}
