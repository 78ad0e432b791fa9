package org.betadrift.filter.internal.path;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.betadrift.filter.Monitor;

/**
 * Paths from the Gaussian posterior truncated to what the constraints allow: a Markov chain whose sweep redraws every {@link Block} of
 * dates, then blocks that lie across their borders, then the {@link Level}. Nothing is tuned; how well it mixes is measured
 * ({@link EffectiveDraws}). One use, one thread.
 */
final class TruncatedDraws {
    private static final int SHORTEST = 8;   // dates of a block
    private static final int LONGEST = 32;
    private static final int DISCARDED = 10; // one in so many, but not fewer than
    private static final int AT_LEAST = 50;
    private static final int SWEEPS_BETWEEN_CALLS = 8;

    private final PathNumbers numbers;
    private final List<Block> blocks = new ArrayList<>();
    private final Level level;
    private final PathState state;
    private long stuck;
    private long moves;

    /**
     * @param memory of a path, in dates: blocks are twice as long, within reason
     * @param start within every limit; changed
     */
    TruncatedDraws(PathNumbers numbers, Limits limits, double[][] variances, double memory, PathState start) {
        this.numbers = numbers;
        int length = 2 * (int) Math.max(SHORTEST / 2, Math.min(LONGEST / 2, memory));
        state = start;
        for (int from = 0; from < numbers.n; from += length) {
            blocks.add(new Block(numbers, limits, variances, from, Math.min(numbers.n, from + length)));
        }
        for (int from = length / 2; from + length / 2 < numbers.n; from += length) {
            blocks.add(new Block(numbers, limits, variances, from, Math.min(numbers.n, from + length)));
        }
        level = new Level(numbers, limits);
    }

    /** @return draws x n x K */
    double[] run(int draws, DoubleSupplier gaussian, Monitor monitor) {
        int size = numbers.n * numbers.k;
        double[] all = new double[draws * size];
        int discarded = Math.max(AT_LEAST, draws / DISCARDED);
        for (int sweep = -discarded; sweep < draws; sweep++) {
            if (Math.floorMod(sweep, SWEEPS_BETWEEN_CALLS) == 0) {
                monitor.progress((double) (sweep + discarded) / (draws + discarded), "drawing paths within the constraints");
            }
            for (Block block : blocks) {
                count(block.draw(state, gaussian));
            }
            count(level.draw(state, gaussian));
            if (sweep >= 0) {
                System.arraycopy(state.beta, 0, all, sweep * size, size);
            }
        }
        return all;
    }

    private void count(boolean moved) {
        moves++;
        stuck += moved ? 0 : 1;
    }

    /** The part of moves that were given up. */
    double stuck() {
        return (double) stuck / moves;
    }
}
