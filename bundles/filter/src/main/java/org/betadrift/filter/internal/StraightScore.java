package org.betadrift.filter.internal;

/** The generated score kernels by number of states. */
final class StraightScore {
    private StraightScore() {
    }

    /** The one for this machine. @return null above {@link StraightLine#MOST_STATES} */
    static ScoreKernel of(int k) {
        return k > StraightLine.MOST_STATES ? null : FusedMultiplyAdd.FAST ? fused(k) : plain(k);
    }

    /** With {@link Math#fma}. */
    static ScoreKernel fused(int k) {
        return switch (k) {
            case 1 -> new StraightScore1.Fused();
            case 2 -> new StraightScore2.Fused();
            case 3 -> new StraightScore3.Fused();
            case 4 -> new StraightScore4.Fused();
            case 5 -> new StraightScore5.Fused();
            case 6 -> new StraightScore6.Fused();
            case 7 -> new StraightScore7.Fused();
            case 8 -> new StraightScore8.Fused();
            case 9 -> new StraightScore9.Fused();
            case 10 -> new StraightScore10.Fused();
            default -> throw new IllegalArgumentException("no kernel for " + k + " states");
        };
    }

    /** Without it. */
    static ScoreKernel plain(int k) {
        return switch (k) {
            case 1 -> new StraightScore1.Plain();
            case 2 -> new StraightScore2.Plain();
            case 3 -> new StraightScore3.Plain();
            case 4 -> new StraightScore4.Plain();
            case 5 -> new StraightScore5.Plain();
            case 6 -> new StraightScore6.Plain();
            case 7 -> new StraightScore7.Plain();
            case 8 -> new StraightScore8.Plain();
            case 9 -> new StraightScore9.Plain();
            case 10 -> new StraightScore10.Plain();
            default -> throw new IllegalArgumentException("no kernel for " + k + " states");
        };
    }
}
