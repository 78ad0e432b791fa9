package org.betadrift.it.benchmarks;

import static org.betadrift.it.benchmarks.Task.DIFFUSE_LIKELIHOOD;
import static org.betadrift.it.benchmarks.Task.LIKELIHOOD;
import static org.betadrift.it.benchmarks.Task.SMOOTHER;

import java.util.function.DoubleSupplier;
import java.util.function.Function;

/** Who competes in what. The first of a task is the one the others are compared with. A further one is a line here. */
public enum Contestant {
    /** The evaluator of engine covariance. */
    COVARIANCE("betadrift covariance", LIKELIHOOD, one -> Ours.likelihood("covariance", one, false)),
    /** The evaluator of engine ud. */
    UD("betadrift ud", LIKELIHOOD, one -> Ours.likelihood("ud", one, false)),
    /** Its filter for diffuse starts, given a known one. */
    JDEMETRA("JDemetra+ 3.5.0", LIKELIHOOD, one -> JDemetra.likelihood(one, false)),
    /** Textbook code, preallocated. */
    EJML("EJML 0.46.1, textbook code", LIKELIHOOD, Ejml::likelihood),
    /** Its KalmanFilter. */
    COMMONS_MATH("commons-math3 3.6.1", LIKELIHOOD, CommonsMath::likelihood),
    /** Its LinearKalmanFilter. */
    HIPPARCHUS("Hipparchus 4.0.2", LIKELIHOOD, Hipparchus::likelihood),

    /** The evaluator of engine covariance. */
    COVARIANCE_DIFFUSE("betadrift covariance", DIFFUSE_LIKELIHOOD, one -> Ours.likelihood("covariance", one, true)),
    /** The evaluator of engine ud. */
    UD_DIFFUSE("betadrift ud", DIFFUSE_LIKELIHOOD, one -> Ours.likelihood("ud", one, true)),
    /** Durbin and Koopman's exact diffuse filter. */
    JDEMETRA_DIFFUSE("JDemetra+ 3.5.0", DIFFUSE_LIKELIHOOD, one -> JDemetra.likelihood(one, true)),

    /** Engine ud with everything retained, then fixed-interval. */
    SMOOTH("betadrift ud + fixed-interval", SMOOTHER, Ours::smoother),
    /** Means and variances. */
    JDEMETRA_SMOOTH("JDemetra+ 3.5.0", SMOOTHER, JDemetra::smoother);

    final String title;
    final Task task;
    private final Function<Case, DoubleSupplier> maker;

    Contestant(String title, Task task, Function<Case, DoubleSupplier> maker) {
        this.title = title;
        this.task = task;
        this.maker = maker;
    }

    /** Everything that may be done once is done here; the supplier does the work. */
    DoubleSupplier on(Case one) {
        return maker.apply(one);
    }

    /** The first of the same task. */
    Contestant rival() {
        for (Contestant c : values()) {
            if (c.task == task) {
                return c;
            }
        }
        throw new AssertionError(this);
    }
}
