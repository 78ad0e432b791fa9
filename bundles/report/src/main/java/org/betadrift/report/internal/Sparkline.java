package org.betadrift.report.internal;

/** A path as a row of blocks, lowest to highest. */
final class Sparkline {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final char CONSTANT = '▄';
    private static final char MISSING = ' ';
    /** A range this small beside its values is rounding, no movement. */
    private static final double ROUNDING = 1e-12;

    private final double[] path;
    private final double low;
    private final double high;

    /** @param path what is not finite is missing */
    Sparkline(double[] path) {
        this.path = path.clone();
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double x : path) {
            if (Double.isFinite(x)) {
                min = Math.min(min, x);
                max = Math.max(max, x);
            }
        }
        low = min;
        high = max;
    }

    /** On the scale of another. */
    Sparkline(double[] path, Sparkline scale) {
        this.path = path.clone();
        low = scale.low;
        high = scale.high;
    }

    /** One block a value, or one for the mean of a bucket where there are more values than places. */
    String blocks(int places) {
        int width = Math.min(places, path.length);
        StringBuilder line = new StringBuilder();
        for (int b = 0; b < width; b++) {
            line.append(block(mean((int) ((long) b * path.length / width), (int) ((b + 1L) * path.length / width))));
        }
        return line.toString();
    }

    /** Of all values of the scale, NaN when there is none. */
    double min() {
        return low <= high ? low : Double.NaN;
    }

    /** Of all values of the scale, NaN when there is none. */
    double max() {
        return low <= high ? high : Double.NaN;
    }

    /** The last value, NaN when it is missing. */
    double last() {
        return path.length == 0 ? Double.NaN : path[path.length - 1];
    }

    private double mean(int from, int to) {
        double sum = 0;
        int count = 0;
        for (int t = from; t < to; t++) {
            if (Double.isFinite(path[t])) {
                sum += path[t];
                count++;
            }
        }
        return sum / count;
    }

    /** Heights are those of the values, not of the means, so that they fit the min and max beside the line. */
    private char block(double mean) {
        if (Double.isNaN(mean)) {
            return MISSING;
        }
        double range = high - low;
        if (range <= ROUNDING * Math.max(Math.abs(low), Math.abs(high))) {
            return CONSTANT;
        }
        int height = (int) ((mean - low) / range * BLOCKS.length());
        return BLOCKS.charAt(Math.max(0, Math.min(height, BLOCKS.length() - 1)));
    }
}
