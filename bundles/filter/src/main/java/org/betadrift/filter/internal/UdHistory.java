package org.betadrift.filter.internal;

import org.betadrift.filter.Monitor;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/** An exact forward pass with all that a pass back needs. Memory n K^2. Read only once it is made. */
final class UdHistory {
    private static final int DATES_BETWEEN_CALLS = 1024;

    private final Sample sample;
    private final int n;
    private final int m;
    private final int k;
    private final ConstraintRows constraints;
    private final int q;
    private final double[] predicted;  // beta_t|t-1 before the constraints of date t, n x K, raw
    private final double[] filtered;   // beta_t|t, n x K, raw
    private final double[] e;          // by row, n x m: y~ of the row given the rows before
    private final double[] precision;  // 1 / F by row, 0 where F is infinite, NaN where the row was redundant
    private final double[] gains;      // by row, n x m x K
    private final double[] constraintE;         // the same three of the constraints, n x q
    private final double[] constraintPrecision;
    private final double[] constraintGains;
    private final UdFactor last;       // P_n-1|n-1
    private final BackwardSteps steps;

    /** @throws org.betadrift.filter.NumericalException an impossible observation or constraint */
    UdHistory(StateSpaceModel model, Sample sample, Monitor monitor) {
        this.sample = sample;
        n = sample.periods();
        m = sample.targets().size();
        k = model.states().count();
        predicted = new double[n * k];
        filtered = new double[n * k];
        e = new double[n * m];
        precision = new double[n * m];
        gains = new double[n * m * k];
        constraints = new ConstraintRows(model, sample.dates());
        q = constraints.count();
        constraintE = new double[n * q];
        constraintPrecision = new double[n * q];
        constraintGains = new double[n * q * k];
        last = new UdFactor(k);
        steps = new BackwardSteps(n, k, model.transition().isIdentity(), isDiagonal(model.stateNoise()),
                model.stateNoise().discount().orElse(Double.NaN));
        Rows rows = new Rows(sample, model.observationNoise());
        UdKernel kernel = new UdKernel(model, steps);
        for (int t = 0; t < n; t++) {
            if (t % DATES_BETWEEN_CALLS == 0) {
                monitor.progress(0.5 * t / n, "smoothing");
            }
            kernel.predict(t);
            kernel.copyRawMean(predicted, t * k);
            constrain(kernel, t);
            int count = rows.read(t);
            for (int row = 0; row < count; row++) {
                keep(kernel, t * m + row, kernel.update(rows.y(row), rows.h(), row * k, rows.r(row)), t);
            }
            kernel.settle(constraints, t);
            kernel.copyRawMean(filtered, t * k);
        }
        int infinite = kernel.firstInfinite();
        if (infinite >= 0) {
            throw InvalidInputException.of("variance of state " + model.states().names().get(infinite), "infinite on every date",
                    "the start is diffuse and y never tells of it", "give it a known start or leave out a factor");
        }
        kernel.copyFactor(last);
    }

    private void constrain(UdKernel kernel, int t) {
        for (int i = 0; i < q; i++) {
            int at = t * q + i;
            Kernel.Outcome outcome = constraints.says(t, i) ? constraints.apply(kernel, t, i) : Kernel.Outcome.REDUNDANT;
            if (outcome == Kernel.Outcome.IMPOSSIBLE) {
                throw UdEngine.impossible(constraints.row(i), sample, t, kernel);
            }
            constraintE[at] = kernel.innovation();
            constraintPrecision[at] = precision(outcome, kernel);
            if (outcome != Kernel.Outcome.REDUNDANT) {
                kernel.copyGain(constraintGains, at * k);
            }
        }
        kernel.settle(constraints, t);
    }

    /** 1 / F; 0 where F is infinite, NaN where the row was redundant. */
    static double precision(Kernel.Outcome outcome, UdKernel kernel) {
        return switch (outcome) {
            case SEEN -> 1 / kernel.innovationVariance();
            case DIFFUSE -> 0;
            default -> Double.NaN;
        };
    }

    private void keep(UdKernel kernel, int at, Kernel.Outcome outcome, int t) {
        if (outcome == Kernel.Outcome.IMPOSSIBLE) {
            throw UdEngine.impossible(sample, t, kernel);
        }
        e[at] = kernel.innovation();
        precision[at] = precision(outcome, kernel);
        if (outcome != Kernel.Outcome.REDUNDANT) {
            kernel.copyGain(gains, at * k);
        }
    }

    private static boolean isDiagonal(Noise noise) {
        if (noise.discount().isPresent()) {
            return true; // no noise of any direction
        }
        double[] packed = new double[Covariance.size(noise.dimension())];
        for (int t = 0; t < Math.max(1, noise.periods()); t++) {
            noise.copyPacked(t, packed);
            for (int i = 0; i < noise.dimension(); i++) {
                for (int j = 0; j < i; j++) {
                    if (packed[Covariance.index(i, j)] != 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** beta_t|t-1 before the constraints of date t: what the step into date t came to. */
    double predicted(int t, int i) {
        return predicted[t * k + i];
    }

    double filtered(int t, int i) {
        return filtered[t * k + i];
    }

    /** Of the row given the rows before it. */
    double innovation(int t, int row) {
        return e[t * m + row];
    }

    /** 1 / F; 0 where F is infinite, NaN where the row was redundant. */
    double precision(int t, int row) {
        return precision[t * m + row];
    }

    /** All gains; those of a row are K values from {@link #gainAt}. */
    double[] gains() {
        return gains;
    }

    int gainAt(int t, int row) {
        return (t * m + row) * k;
    }

    /** The rows between the predict into a date and its y. */
    ConstraintRows constraints() {
        return constraints;
    }

    /** As {@link #innovation}, of constraint i. */
    double constraintInnovation(int t, int i) {
        return constraintE[t * q + i];
    }

    /** As {@link #precision}, of constraint i. */
    double constraintPrecision(int t, int i) {
        return constraintPrecision[t * q + i];
    }

    /** As {@link #gains}, of the constraints. */
    double[] constraintGains() {
        return constraintGains;
    }

    int constraintGainAt(int t, int i) {
        return (t * q + i) * k;
    }

    /** P_n-1|n-1, packed; a copy. */
    double[] lastCovariance() {
        double[] packed = new double[Covariance.size(k)];
        last.copyPacked(packed, 0);
        return packed;
    }

    /** P_n-1|n-1; to draw from, not to be changed. */
    UdFactor last() {
        return last;
    }

    BackwardSteps steps() {
        return steps;
    }
}
