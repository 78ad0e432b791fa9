package org.betadrift.report.internal;

import java.io.IOException;
import org.betadrift.model.Covariance;
import org.betadrift.model.GaussianState;
import org.betadrift.model.InitialState;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.StateSpaceModel;

/** The block {@code model}. */
final class JsonModel {
    private final StateSpaceModel model;
    private final JsonOut out;

    JsonModel(StateSpaceModel model, JsonOut out) {
        this.model = model;
        this.out = out;
    }

    void write() throws IOException {
        Matrix transition = model.transition().matrix(0);
        out.object("initial", this::initial);
        out.matrix("transition", transition.rows(), transition.columns(), transition::get);
        constant("stateNoise", model.stateNoise());
        constant("observationNoise", model.observationNoise());
        out.flag("stateNoiseVaries", !model.stateNoise().isConstant());
        out.flag("observationNoiseVaries", !model.observationNoise().isConstant());
        out.array("constraints", () -> { });
    }

    /** A diffuse state has no mean and no covariance with any other; the api holds zeros there. */
    private void initial() throws IOException {
        InitialState initial = model.initial();
        GaussianState prior = initial.prior();
        int k = initial.dimension();
        out.vector("mean", k, i -> initial.isDiffuse(i) ? Double.NaN : prior.mean().get(i));
        out.matrix("covariance", k, k, (i, j) -> initial.isDiffuse(i) || initial.isDiffuse(j) ? Double.NaN : prior.covariance().get(i, j));
        out.array("diffuse", () -> {
            for (int i = 0; i < k; i++) {
                out.flag(initial.isDiffuse(i));
            }
        });
    }

    /** A noise that varies is in the series instead. */
    private void constant(String key, Noise noise) throws IOException {
        if (noise.isConstant()) {
            Covariance covariance = noise.at(0);
            out.matrix(key, noise.dimension(), noise.dimension(), covariance::get);
        } else {
            out.nothing(key);
        }
    }
}
