package org.betadrift.filter.internal;

/** The generated kernels by number of states. */
final class StraightLine {
    /** Above it a loop is no slower. */
    static final int MOST_STATES = 10;

    private StraightLine() {
    }

    /** The one for this machine. @return null above {@link #MOST_STATES} */
    static LikelihoodKernel of(int k) {
        return k > MOST_STATES ? null : FusedMultiplyAdd.FAST ? fused(k) : plain(k);
    }

    /** With {@link Math#fma}. */
    static LikelihoodKernel fused(int k) {
        return switch (k) {
            case 1 -> StraightLine1::fused;
            case 2 -> StraightLine2::fused;
            case 3 -> StraightLine3::fused;
            case 4 -> StraightLine4::fused;
            case 5 -> StraightLine5::fused;
            case 6 -> StraightLine6::fused;
            case 7 -> StraightLine7::fused;
            case 8 -> StraightLine8::fused;
            case 9 -> StraightLine9::fused;
            case 10 -> StraightLine10::fused;
            default -> throw new IllegalArgumentException("no kernel for " + k + " states");
        };
    }

    /** Without it. */
    static LikelihoodKernel plain(int k) {
        return switch (k) {
            case 1 -> StraightLine1::plain;
            case 2 -> StraightLine2::plain;
            case 3 -> StraightLine3::plain;
            case 4 -> StraightLine4::plain;
            case 5 -> StraightLine5::plain;
            case 6 -> StraightLine6::plain;
            case 7 -> StraightLine7::plain;
            case 8 -> StraightLine8::plain;
            case 9 -> StraightLine9::plain;
            case 10 -> StraightLine10::plain;
            default -> throw new IllegalArgumentException("no kernel for " + k + " states");
        };
    }
}
