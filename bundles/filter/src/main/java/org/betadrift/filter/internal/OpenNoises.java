package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/**
 * The border of a likelihood: checks the Q and R that a template leaves open and puts them into its {@link FlatStates}. One thread, no
 * allocation after birth but where a stationary start follows Q.
 */
final class OpenNoises {
    private final ModelTemplate template;
    private final FlatStates model;
    private final boolean qIsFixed;
    private final boolean rIsFixed;
    private final boolean isStationary;
    private final int targets;
    private final Definiteness definitenessOfQ;
    private final Definiteness definitenessOfR;
    private final double[] q; // as given, packed
    private final double[] r; // as given, packed

    /** @param model of the template with some Q and R; written to */
    OpenNoises(ModelTemplate template, FlatStates model, int targets) {
        this.template = template;
        this.model = model;
        this.targets = targets;
        qIsFixed = template.stateNoise().isPresent();
        rIsFixed = template.observationNoise().isPresent();
        isStationary = template.initial().isStationary();
        definitenessOfQ = new Definiteness(model.states);
        definitenessOfR = new Definiteness(targets);
        q = new double[Covariance.size(model.states)];
        r = new double[Covariance.size(targets)];
    }

    /** The template with what is open set to anything. @throws InvalidInputException it and the sample don't fit */
    static StateSpaceModel anyModel(Sample sample, ModelTemplate template) {
        Noise anyQ = Noise.constant(Covariance.scalar(template.states().count(), 1));
        Noise anyR = Noise.constant(Covariance.scalar(sample.targets().size(), 1));
        StateSpaceModel some = template.complete(template.stateNoise().orElse(anyQ), template.observationNoise().orElse(anyR));
        Fit.require(some, sample);
        return some;
    }

    /**
     * Sets the model's Q and R to those given.
     *
     * @return false when it is no model then
     * @throws InvalidInputException one has another length
     */
    boolean take(double[] stateNoise, double[] observationNoise) {
        require("state noise", stateNoise, q.length, qIsFixed);
        require("observation noise", observationNoise, r.length, rIsFixed);
        if (stateNoise != null) {
            if (!definitenessOfQ.isCovariance(stateNoise)) {
                return false;
            }
            System.arraycopy(stateNoise, 0, q, 0, q.length);
            model.setStateNoise(q);
        }
        if (observationNoise != null) {
            if (!definitenessOfR.isCovariance(observationNoise)) {
                return false;
            }
            System.arraycopy(observationNoise, 0, r, 0, r.length);
            model.setObservationNoise(r);
        }
        return !isStationary || stateNoise == null || takeEquilibrium();
    }

    /** A stationary start follows Q. Allocates: solving for it does. */
    private boolean takeEquilibrium() {
        try {
            Noise stateNoise = Noise.constant(Covariance.ofPacked(model.states, q));
            model.startFrom(template.complete(stateNoise, Noise.constant(Covariance.scalar(targets, 0))));
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    boolean isOpenQ() {
        return !qIsFixed;
    }

    boolean isOpenR() {
        return !rIsFixed;
    }

    /** Of T, when the start is the equilibrium of the open Q; else null. */
    Lyapunov equilibrium() {
        return isStationary && !qIsFixed ? new Lyapunov(model.transition, model.states) : null;
    }

    /** @throws InvalidInputException one has another length */
    void requireScores(double[] scoreQ, double[] scoreR) {
        require("score of the state noise", scoreQ, q.length, qIsFixed);
        require("score of the observation noise", scoreR, r.length, rIsFixed);
    }

    /** @throws InvalidInputException one has another length */
    void requireDirections(double[][] directions) {
        int length = (qIsFixed ? 0 : q.length) + (rIsFixed ? 0 : r.length);
        for (double[] direction : directions) {
            require("direction", direction, length, false);
        }
    }

    /** @throws InvalidInputException another length, or nothing where something must be */
    static void require(String what, double[] given, int length, boolean fixed) {
        if (given == null ? !fixed : given.length != length) {
            throw InvalidInputException.of("length of the " + what, given == null ? "nothing" : Arrays.toString(given),
                    "there are " + length + " packed values", given == null ? "give what the template leaves open" : "pass the lower triangle by rows");
        }
    }

    static void fillWithNaN(double[] all) {
        if (all != null) {
            Arrays.fill(all, Double.NaN);
        }
    }
}
