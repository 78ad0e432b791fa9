package org.betadrift.estimator.cholesky.internal;

/**
 * L-BFGS uphill (Nocedal and Wright 2006, 7.2), for hundreds of coordinates of about 1. A step satisfies Wolfe's conditions, or, where the value
 * has no digits left to show a gain, those of Hager and Zhang (2005) on the slope alone, so that it converges beyond the square root of
 * rounding.
 */
final class Lbfgs {
    /** To be maximised. */
    interface Function {
        /** -Infinity outside its domain; then the gradient isn't read. */
        double valueAndGradient(double[] x, double[] gradient);
    }

    /**
     * Where it ended.
     *
     * @param steepest largest entry of the gradient
     * @param settled whether nothing more was to be gained, rather than the watch having stopped it
     */
    record End(double[] x, double value, double[] gradient, double steepest, boolean settled) { }

    private static final int MEMORY = 20;
    private static final int TRIALS = 30;
    private static final double ENOUGH_GAIN = 1e-4;
    private static final double FLATTER = 0.9;
    private static final double ROUNDING = 1e-13;
    /** Of any coordinate in one step. */
    private static final double FARTHEST = 2;
    /** Steps without a gain above rounding. */
    private static final int STALLED = 4;

    private final Function f;
    private final int n;
    private final double tolerance;
    private final double[][] moves = new double[MEMORY][];
    private final double[][] turns = new double[MEMORY][]; // of -gradient
    private final double[] curvature = new double[MEMORY]; // 1 / moves'turns
    private int count;
    private double[] x;
    private double[] g;
    private double value;
    // the trial last made
    private double[] tried;
    private double[] triedSlope;

    private Lbfgs(Function f, double[] start, double tolerance) {
        this.f = f;
        this.tolerance = tolerance;
        n = start.length;
        x = start.clone();
        g = new double[n];
        value = f.valueAndGradient(x, g);
    }

    /**
     * @param tolerance of the steepest slope, relative to max(1, |value|)
     * @param goesOn asked before every step
     */
    static End climb(Function f, double[] start, double tolerance, java.util.function.BooleanSupplier goesOn) {
        return new Lbfgs(f, start, tolerance).run(goesOn);
    }

    private End run(java.util.function.BooleanSupplier goesOn) {
        int stalled = 0;
        while (value > Double.NEGATIVE_INFINITY && steepest() > tolerance * Math.max(1, Math.abs(value)) && stalled < STALLED) {
            if (!goesOn.getAsBoolean()) {
                return new End(x, value, g, steepest(), false);
            }
            double before = value;
            double slope = steepest();
            if (!step()) {
                if (count == 0) {
                    break;
                }
                count = 0; // what was learned misleads: start again from the slope alone
                continue;
            }
            stalled = value - before <= ROUNDING * Math.abs(value) && steepest() > 0.9 * slope ? stalled + 1 : 0;
        }
        return new End(x, value, g, steepest(), true);
    }

    private double steepest() {
        double most = 0;
        for (double slope : g) {
            most = Double.isNaN(slope) ? Double.POSITIVE_INFINITY : Math.max(most, Math.abs(slope));
        }
        return most;
    }

    private boolean step() {
        double[] d = direction();
        double uphill = dot(d, g);
        double farthest = 0;
        for (double move : d) {
            farthest = Math.max(farthest, Math.abs(move));
        }
        if (!(uphill > 0) || !(farthest > 0) || Double.isInfinite(farthest)) {
            return false;
        }
        double there = search(d, uphill, Math.min(1, FARTHEST / farthest));
        if (Double.isNaN(there)) {
            return false;
        }
        remember();
        x = tried;
        g = triedSlope;
        value = there;
        return true;
    }

    /** The two-loop recursion. */
    private double[] direction() {
        double[] d = g.clone();
        int known = Math.min(count, MEMORY);
        double[] by = new double[MEMORY];
        for (int k = 1; k <= known; k++) {
            int i = (count - k) % MEMORY;
            by[i] = dot(moves[i], d) * curvature[i];
            add(d, turns[i], -by[i]);
        }
        int last = (count - 1 + MEMORY) % MEMORY;
        double scale = known == 0 ? 0.1 / steepest() : 1 / (curvature[last] * dot(turns[last], turns[last]));
        for (int j = 0; j < n; j++) {
            d[j] *= scale;
        }
        for (int k = known; k >= 1; k--) {
            int i = (count - k) % MEMORY;
            add(d, moves[i], by[i] - curvature[i] * dot(turns[i], d));
        }
        return d;
    }

    /** @return the value at {@code tried}, NaN for no better place */
    private double search(double[] d, double uphill, double first) {
        double low = 0;
        double lowSlope = uphill;
        double high = Double.POSITIVE_INFINITY;
        double best = Double.NaN;
        double[] bestAt = null;
        double[] bestSlope = null;
        double length = first;
        for (int trial = 0; trial < TRIALS; trial++) {
            double[] at = x.clone();
            add(at, d, length);
            double[] slope = new double[n];
            double there = f.valueAndGradient(at, slope);
            double along = there > Double.NEGATIVE_INFINITY ? dot(slope, d) : Double.NaN;
            boolean gains = there >= value + ENOUGH_GAIN * length * uphill && !Double.isNaN(along);
            boolean even = there >= value - ROUNDING * Math.abs(value) && Math.abs(along) <= FLATTER * uphill;
            if (gains && !(best >= there)) {
                best = there;
                bestAt = at;
                bestSlope = slope;
            }
            if (gains && Math.abs(along) <= FLATTER * uphill || even) {
                tried = at;
                triedSlope = slope;
                return there;
            }
            double next;
            if (!gains || along < 0) {
                high = length;
                // where the slope along the line is zero by its two ends, or where a parabola through value and slope is highest
                next = gains || along < 0 ? length * 0.5 + 0.5 * low : uphill * length * length / (2 * (value + uphill * length - there));
                double secant = low + (length - low) * lowSlope / (lowSlope - along);
                next = along < 0 && secant > low ? secant : next;
                next = Math.min(high - 0.1 * (high - low), Math.max(low + 0.1 * (high - low), Double.isNaN(next) ? low : next));
            } else {
                double secant = lowSlope > along ? low + (length - low) * lowSlope / (lowSlope - along) : Double.POSITIVE_INFINITY;
                next = high < Double.POSITIVE_INFINITY ? Math.min(Math.max(secant, length + 0.1 * (high - length)), high - 0.1 * (high - length))
                        : Math.min(Math.max(secant, 2 * length), 5 * length);
                low = length;
                lowSlope = along;
            }
            if (length == next) {
                break;
            }
            length = next;
        }
        tried = bestAt;
        triedSlope = bestSlope;
        return best;
    }

    private void remember() {
        double[] s = new double[n];
        double[] y = new double[n];
        for (int j = 0; j < n; j++) {
            s[j] = tried[j] - x[j];
            y[j] = g[j] - triedSlope[j];
        }
        double product = dot(s, y);
        if (product > 1e-14 * Math.sqrt(dot(s, s) * dot(y, y)) && product > 0) {
            int i = count % MEMORY;
            moves[i] = s;
            turns[i] = y;
            curvature[i] = 1 / product;
            count++;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    private static void add(double[] to, double[] a, double by) {
        for (int j = 0; j < to.length; j++) {
            to[j] += by * a[j];
        }
    }
}
