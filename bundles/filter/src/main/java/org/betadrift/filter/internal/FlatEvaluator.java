package org.betadrift.filter.internal;

import java.util.Arrays;
import java.util.function.Function;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/**
 * The border of a likelihood of one target: checks Q and R, puts them into the {@link FlatModel}, has a pass work it out, and what
 * is asked beside the value from the pass's {@link Tape}. It has a score and information whatever the model, a start that
 * follows Q included. Where R = 0 the derivative is the one to the right; where a row had S = 0 (foretold without any doubt) there
 * is none, and score and information are NaN beside a value that isn't.
 */
final class FlatEvaluator implements LikelihoodEvaluator {
    /** Over a {@link FlatModel}, whose Q and R change between calls. No allocation per call. */
    interface Pass {
        /**
         * {@link org.betadrift.filter.LikelihoodConvention#FULL}; not finite when the model can't have made the sample.
         *
         * @param tape told of every date; null when nobody asks
         */
        double logLikelihood(Tape tape);

        /** Sum of y~^2 / S over the dates where S isn't infinite, of the last call, when that was finite. */
        double squares();

        /** What takes derivatives in straight line; null where loops must do. */
        ScoreKernel scoreKernel();
    }

    private final ModelTemplate template;
    private final FlatModel model;
    private final Pass pass;
    private final boolean qIsFixed;
    private final boolean rIsFixed;
    private final boolean isStationary;
    private final Definiteness definiteness;
    private final double[] q; // as given, packed
    private final double[] r; // as given
    private double squares = Double.NaN;
    private Tape tape;                     // made when a derivative is first asked for
    private ScorePass scorePass;
    private SensitivityPass sensitivityPass;

    /** @param model of the template with some Q and R; this evaluator's own */
    FlatEvaluator(ModelTemplate template, FlatModel model, Pass pass) {
        this.template = template;
        this.model = model;
        this.pass = pass;
        qIsFixed = template.stateNoise().isPresent();
        rIsFixed = template.observationNoise().isPresent();
        isStationary = template.initial().isStationary();
        definiteness = new Definiteness(model.states);
        q = new double[Covariance.size(model.states)];
        r = new double[1];
    }

    /** Whether there is one target, no discount and no constraint. */
    static boolean applies(Sample sample, ModelTemplate template) {
        return sample.targets().size() == 1 && template.constraints().isEmpty() && !template.stateNoise().map(q -> q.discount().isPresent()).orElse(false);
    }

    /** @throws InvalidInputException the template and the sample don't fit */
    static FlatEvaluator of(Sample sample, ModelTemplate template, Function<FlatModel, Pass> pass) {
        Noise anyQ = Noise.constant(Covariance.scalar(template.states().count(), 1));
        Noise anyR = Noise.constant(Covariance.scalar(1, 1));
        StateSpaceModel some = template.complete(template.stateNoise().orElse(anyQ), template.observationNoise().orElse(anyR));
        Fit.require(some, sample);
        FlatModel flat = new FlatModel(sample, some);
        return new FlatEvaluator(template, flat, pass.apply(flat));
    }

    @Override
    public double value(double[] stateNoise, double[] observationNoise) {
        return value(stateNoise, observationNoise, null);
    }

    private double value(double[] stateNoise, double[] observationNoise, Tape listener) {
        requireGiven("state noise", stateNoise, q.length, qIsFixed);
        requireGiven("observation noise", observationNoise, 1, rIsFixed);
        squares = Double.NaN;
        if (!take(stateNoise, observationNoise)) {
            return Double.NaN;
        }
        double value = pass.logLikelihood(listener);
        if (!Double.isFinite(value)) {
            return Double.NaN;
        }
        squares = pass.squares();
        return value;
    }

    @Override
    public double squares() {
        return squares;
    }

    @Override
    public boolean hasScore() {
        return true;
    }

    @Override
    public double valueAndScore(double[] stateNoise, double[] observationNoise, double[] scoreQ, double[] scoreR) {
        requireGiven("score of the state noise", scoreQ, q.length, qIsFixed);
        requireGiven("score of the observation noise", scoreR, 1, rIsFixed);
        prepare();
        double value = value(stateNoise, observationNoise, tape);
        if (Double.isNaN(value) || !tape.isSmooth()) {
            fillWithNaN(scoreQ);
            fillWithNaN(scoreR);
        } else {
            scorePass.run(tape, scoreQ, scoreR);
        }
        return value;
    }

    @Override
    public boolean hasScoreAtBestScale() {
        return !qIsFixed && !rIsFixed;
    }

    /**
     * At (c Q, c R) gain and g are the same, y~ / S and 1 / S are divided by c; so u and r of {@link ScorePass} are too, and D and N:
     * <pre>score at (c Q, c R) = 1/2 (r r' / c^2 - N / c) = 1/c 1/2 ((r / sqrt c)(r / sqrt c)' - N),</pre>
     * which is 1/c the score of innovations divided by sqrt c.
     */
    @Override
    public double valueAndScoreAtBestScale(double terms, double[] stateNoise, double[] observationNoise, double[] scoreQ, double[] scoreR) {
        requireGiven("score of the state noise", scoreQ, q.length, false);
        requireGiven("score of the observation noise", scoreR, 1, false);
        prepare();
        double value = value(stateNoise, observationNoise, tape);
        double c = squares / terms;
        if (!(c > 0) || !tape.isSmooth()) {
            fillWithNaN(scoreQ);
            fillWithNaN(scoreR);
        } else {
            tape.scaleInnovations(1 / Math.sqrt(c));
            scorePass.run(tape, scoreQ, scoreR);
            for (int i = 0; i < scoreQ.length; i++) {
                scoreQ[i] /= c;
            }
            scoreR[0] /= c;
        }
        return value - 0.5 * terms * Math.log(c) - 0.5 * squares * (1 / c - 1);
    }

    @Override
    public boolean hasInformation() {
        return true;
    }

    @Override
    public double information(double[] stateNoise, double[] observationNoise, double[][] directions, double[] score, double[] information) {
        requireDirections(directions);
        requireGiven("score", score, directions.length, false);
        requireGiven("information", information, Covariance.size(directions.length), false);
        prepare();
        double value = value(stateNoise, observationNoise, tape);
        if (Double.isNaN(value) || !tape.isSmooth()) {
            fillWithNaN(score);
            fillWithNaN(information);
        } else {
            sensitivityPass.run(tape, directions, !qIsFixed, !rIsFixed, score, information);
        }
        return value;
    }

    /** Who asks for values alone needs none of it. */
    private void prepare() {
        if (tape == null) {
            tape = new Tape(model);
            Lyapunov equilibrium = isStationary && !qIsFixed ? new Lyapunov(model.transition, model.states) : null;
            scorePass = new ScorePass(model, pass.scoreKernel(), equilibrium);
            sensitivityPass = new SensitivityPass(model, pass.scoreKernel(), equilibrium);
        }
    }

    private static void fillWithNaN(double[] all) {
        if (all != null) {
            Arrays.fill(all, Double.NaN);
        }
    }

    /** Sets the model's Q and R to those given. @return false when it is no model then */
    private boolean take(double[] stateNoise, double[] observationNoise) {
        if (stateNoise != null) {
            if (!definiteness.isCovariance(stateNoise)) {
                return false;
            }
            System.arraycopy(stateNoise, 0, q, 0, q.length);
            model.setStateNoise(q);
        }
        if (observationNoise != null) {
            if (!(observationNoise[0] >= 0) || Double.isInfinite(observationNoise[0])) {
                return false;
            }
            r[0] = observationNoise[0];
            model.setObservationNoise(r);
        }
        return !isStationary || stateNoise == null || takeEquilibrium();
    }

    /** A stationary start follows Q. Allocates: solving for it does. */
    private boolean takeEquilibrium() {
        try {
            Noise stateNoise = Noise.constant(Covariance.ofPacked(model.states, q));
            model.startFrom(template.complete(stateNoise, Noise.constant(Covariance.scalar(1, 0))));
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    private void requireDirections(double[][] directions) {
        int length = (qIsFixed ? 0 : q.length) + (rIsFixed ? 0 : 1);
        for (double[] direction : directions) {
            requireGiven("direction", direction, length, false);
        }
    }

    private static void requireGiven(String what, double[] given, int length, boolean fixed) {
        if (given == null ? !fixed : given.length != length) {
            throw InvalidInputException.of("length of the " + what, given == null ? "nothing" : Arrays.toString(given),
                    "there are " + length + " packed values", given == null ? "give what the template leaves open" : "pass the lower triangle by rows");
        }
    }
}
