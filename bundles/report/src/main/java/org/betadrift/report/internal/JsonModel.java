package org.betadrift.report.internal;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.betadrift.model.Covariance;
import org.betadrift.model.Elapsed;
import org.betadrift.model.GaussianState;
import org.betadrift.model.InitialState;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;

/** The block {@code model}. */
final class JsonModel {
    private final StateSpaceModel model;
    private final List<StateConstraint> constraints;
    private final List<String> targets;
    private final Optional<Elapsed> elapsed;
    private final JsonOut out;

    /**
     * @param constraints inequalities too
     * @param elapsed where Q counts the days gone by
     */
    JsonModel(StateSpaceModel model, List<StateConstraint> constraints, List<String> targets, Optional<Elapsed> elapsed, JsonOut out) {
        this.model = model;
        this.constraints = constraints;
        this.targets = targets;
        this.elapsed = elapsed;
        this.out = out;
    }

    void write() throws IOException {
        out.object("initial", this::initial);
        transition();
        constant("stateNoise", model.stateNoise());
        constant("observationNoise", model.observationNoise());
        observationCorrelations();
        stateNoiseBlocks();
        out.flag("stateNoiseVaries", !model.stateNoise().isConstant());
        out.flag("observationNoiseVaries", !model.observationNoise().isConstant());
        out.number("stateNoiseDiscount", model.stateNoise().discount().orElse(Double.NaN));
        if (elapsed.isPresent()) {
            out.object("elapsed", () -> out.number("medianDays", elapsed.get().medianDays()));
        } else {
            out.nothing("elapsed");
        }
        out.array("constraints", this::constraints);
        Optional<double[]> seen = SeenNoise.of(model);
        if (seen.isPresent()) {
            int k = model.states().count();
            out.matrix("stateNoiseGivenConstraints", k, k, (i, j) -> seen.get()[Covariance.index(i, j)]);
        } else {
            out.nothing("stateNoiseGivenConstraints");
        }
    }

    /** As they were written: one may stand for a row a target. */
    private void constraints() throws IOException {
        Set<String> written = new HashSet<>();
        for (StateConstraint row : constraints) {
            if (written.add(row.expression())) {
                out.object(() -> {
                    out.text("expression", row.expression());
                    out.number("tolerance", row.tolerance());
                });
            }
        }
    }

    private void observationCorrelations() throws IOException {
        Noise r = model.observationNoise();
        if (r.isConstant()) {
            Correlations correlations = new Correlations(r.dimension(), r.at(0)::get);
            correlations("observationStandardDeviations", "observationCorrelations", correlations);
        } else {
            out.nothing("observationStandardDeviations");
            out.nothing("observationCorrelations");
        }
    }

    private void correlations(String deviations, String key, Correlations correlations) throws IOException {
        out.vector(deviations, correlations.size(), correlations::deviation);
        out.matrix(key, correlations.size(), correlations.size(), correlations::at);
    }

    private void stateNoiseBlocks() throws IOException {
        if (!model.stateNoise().isConstant()) {
            out.nothing("stateNoiseBlocks");
            return;
        }
        Covariance q = model.stateNoise().at(0);
        out.array("stateNoiseBlocks", () -> {
            for (StateBlocks.Block block : new StateBlocks(model.states()).all()) {
                out.object(() -> block(block, block.of(q::get)));
            }
        });
    }

    private void block(StateBlocks.Block block, Correlations correlations) throws IOException {
        out.text("factor", block.factor());
        out.texts("targets", block.targets().stream().map(target -> target.isEmpty() ? targets.get(0) : target).toList());
        correlations("standardDeviations", "correlations", correlations);
        out.integer("rank", correlations.rank());
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

    /** One that varies is in the series instead; no constant is null. */
    private void transition() throws IOException {
        Transition transition = model.transition();
        int k = transition.dimension();
        if (transition.isConstant()) {
            Matrix t = transition.matrix(0);
            out.matrix("transition", k, k, t::get);
        } else {
            out.nothing("transition");
        }
        out.flag("transitionVaries", !transition.isConstant());
        if (transition.constant().equals(Vector.filled(k, 0))) {
            out.nothing("transitionConstant");
        } else {
            out.vector("transitionConstant", k, transition.constant()::get);
        }
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
