package org.betadrift.filter.internal;

import java.util.function.DoubleSupplier;
import org.betadrift.filter.NumericalException;
import org.betadrift.filter.Simulation;
import org.betadrift.model.Covariance;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;

/**
 * Draws beta_0|0 ~ N(b, P), then date by date beta_t = c + T_t beta_t-1 + eta_t, y_t = H_t beta_t + eps_t. A date takes K + m
 * numbers from the stream, always in this order, so that neither a zero variance nor a missing cell shifts what comes after.
 * Under constraints the path comes from {@link PathDraws}, all of it before y. The start is known. One use, one thread.
 */
final class SimulatedData {
    private final StateSpaceModel model;
    private final Sample layout;
    private final DoubleSupplier gaussian;
    private final int k;
    private final int m;
    private final Draws stateNoise;
    private final Draws observationNoise;
    private final double[] now;   // beta_t
    private final double[] next;
    private final double[] y;     // n x m
    private final double[] beta;  // n x K

    SimulatedData(StateSpaceModel model, Sample layout, DoubleSupplier gaussian) {
        this.model = model;
        this.layout = layout;
        this.gaussian = gaussian;
        k = model.states().count();
        m = layout.targets().size();
        stateNoise = new Draws(model.stateNoise());
        observationNoise = new Draws(model.observationNoise());
        now = new double[k];
        next = new double[k];
        y = new double[layout.periods() * m];
        beta = new double[layout.periods() * k];
    }

    /** @throws NumericalException the numbers overflow */
    Simulation run() {
        UdFactor start = new UdFactor(k);
        start.set(model.initial().prior().covariance().toPacked());
        start.draw(now, gaussian);
        for (int i = 0; i < k; i++) {
            now[i] += model.initial().prior().mean().get(i);
        }
        for (int t = 0; t < layout.periods(); t++) {
            move(t);
            System.arraycopy(now, 0, beta, t * k, k);
            observe(t);
        }
        return Simulation.ofUnsafe(layout, y, beta);
    }

    /** y along a path that was drawn already. @param path n x K */
    Simulation along(double[] path) {
        for (int t = 0; t < layout.periods(); t++) {
            System.arraycopy(path, t * k, now, 0, k);
            observe(t);
        }
        return Simulation.ofUnsafe(layout, y, path);
    }

    private void move(int t) {
        double[] eta = stateNoise.at(t, gaussian);
        Transition transition = model.transition();
        if (transition.isIdentity()) {
            for (int i = 0; i < k; i++) {
                now[i] += eta[i];
            }
        } else {
            Matrix matrix = transition.matrix(t);
            for (int i = 0; i < k; i++) {
                double sum = transition.constant().get(i);
                for (int j = 0; j < k; j++) {
                    sum += matrix.get(i, j) * now[j];
                }
                next[i] = sum + eta[i];
            }
            System.arraycopy(next, 0, now, 0, k);
        }
        for (int i = 0; i < k; i++) {
            requireFinite(t, "the simulated state " + model.states().names().get(i), now[i]);
        }
    }

    private void observe(int t) {
        double[] eps = observationNoise.at(t, gaussian);
        for (int i = 0; i < m; i++) {
            double sum = eps[i];
            for (int j = 0; j < k; j++) {
                if (layout.target(j) == i) {
                    sum += layout.regressor(t, j) * now[j];
                }
            }
            y[t * m + i] = Double.isNaN(layout.y(t, i)) ? Double.NaN : sum;
            requireFinite(t, "the simulated " + layout.targets().get(i), Double.isNaN(layout.y(t, i)) ? 0 : sum);
        }
    }

    private void requireFinite(int t, String what, double value) {
        if (!Double.isFinite(value)) {
            throw new NumericalException(layout.date(t), what, value, "the numbers overflow, choose a smaller transition or scale the data");
        }
    }

    /** N(0, Q_t) date by date; factored once where Q is constant. */
    private static final class Draws {
        private final Noise noise;
        private final UdFactor factor;
        private final double[] packed;
        private final double[] drawn;
        private boolean ready;

        Draws(Noise noise) {
            this.noise = noise;
            factor = new UdFactor(noise.dimension());
            packed = new double[Covariance.size(noise.dimension())];
            drawn = new double[noise.dimension()];
        }

        double[] at(int t, DoubleSupplier gaussian) {
            if (!ready || !noise.isConstant()) {
                noise.copyPacked(t, packed);
                factor.set(packed);
                ready = true;
            }
            factor.draw(drawn, gaussian);
            return drawn;
        }
    }
}
