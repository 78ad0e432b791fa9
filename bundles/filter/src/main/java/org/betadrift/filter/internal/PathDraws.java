package org.betadrift.filter.internal;

import org.betadrift.filter.Monitor;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;

/**
 * Paths given every date: beta_n-1 from N(beta_n-1|n-1, P_n-1|n-1), then each date from the next one by {@link BackwardSteps}.
 * Carter and Kohn (1994) and Fruehwirth-Schnatter (1994), without their inverses and exact on diffuse dates. Each path has a
 * substream of its own; what is kept of the forward pass is shared. One use, one thread.
 */
final class PathDraws {
    private static final int PATHS_AT_ONCE = 64; // they share what is read of a date
    private static final int DATES_BETWEEN_CALLS = 1024;

    private final Sample sample;
    private final UdHistory history;
    private final boolean identity;
    private final int n;
    private final int k;
    private final double[] delta;  // beta_t less its mean given the dates up to t, or before t
    private final double[] before;

    PathDraws(UdHistory history, Sample sample, boolean identity) {
        this.history = history;
        this.sample = sample;
        this.identity = identity;
        n = sample.periods();
        k = sample.states().count();
        delta = new double[k];
        before = new double[k];
    }

    /**
     * @return draws x n x K
     * @throws InvalidInputException a state has an infinite variance on some date
     */
    double[] run(int draws, long seed, Monitor monitor) {
        double[] beta = new double[draws * n * k];
        for (int from = 0; from < draws; from += PATHS_AT_ONCE) {
            int count = Math.min(PATHS_AT_ONCE, draws - from);
            NormalStream[] streams = new NormalStream[count];
            for (int i = 0; i < count; i++) {
                streams[i] = new NormalStream(seed, from + i);
            }
            for (int t = n - 1; t >= 0; t--) {
                if ((n - 1 - t) % DATES_BETWEEN_CALLS == 0) {
                    monitor.progress((from + count * (1 - (t + 1.0) / n)) / draws, "drawing paths");
                }
                for (int i = 0; i < count; i++) {
                    draw(t, beta, (from + i) * n * k, streams[i]);
                }
            }
        }
        return beta;
    }

    /** One path. @return n x K */
    double[] one(NormalStream gaussian) {
        double[] beta = new double[n * k];
        for (int t = n - 1; t >= 0; t--) {
            draw(t, beta, 0, gaussian);
        }
        return beta;
    }

    /** Date t of the path that starts at {@code path}; the later ones are there. */
    private void draw(int t, double[] beta, int path, NormalStream gaussian) {
        int at = path + t * k;
        if (t == n - 1) {
            history.last().draw(delta, gaussian);
            for (int i = 0; i < k; i++) {
                beta[at + i] = history.filtered(t, i) + delta[i];
            }
        } else {
            for (int i = 0; i < k; i++) {
                delta[i] = beta[at + k + i] - history.predicted(t + 1, i);
                before[i] = delta[i];
            }
            history.steps().draw(t + 1, delta, gaussian);
            for (int i = 0; i < k; i++) {
                // of a random walk only what changes: a state that never moves is the same number on every date
                beta[at + i] = identity ? beta[at + k + i] + (delta[i] - before[i]) : history.filtered(t, i) + delta[i];
            }
        }
        history.constraints().settle(t, beta, at);
        for (int i = 0; i < k; i++) {
            if (Double.isNaN(beta[at + i])) {
                throw InvalidInputException.of("variance of state " + sample.states().names().get(i) + " on " + sample.date(t), "infinite",
                        "the start is diffuse and y never tells of it", "give it a known start or begin with a later date");
            }
        }
    }
}
