package org.betadrift.filter.internal;

import java.util.function.Function;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Sample;

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

    private final FlatModel model;
    private final Pass pass;
    private final OpenNoises noises;
    private double squares = Double.NaN;
    private Tape tape;                     // made when a derivative is first asked for
    private ScorePass scorePass;
    private SensitivityPass sensitivityPass;

    /** @param model of the template with some Q and R; this evaluator's own */
    FlatEvaluator(ModelTemplate template, FlatModel model, Pass pass) {
        this.model = model;
        this.pass = pass;
        noises = new OpenNoises(template, model, 1);
    }

    /** Whether there is one target and no constraint. */
    static boolean applies(Sample sample, ModelTemplate template) {
        return sample.targets().size() == 1 && template.constraints().isEmpty();
    }

    /** @throws InvalidInputException the template and the sample don't fit */
    static FlatEvaluator of(Sample sample, ModelTemplate template, Function<FlatModel, Pass> pass) {
        FlatModel flat = new FlatModel(sample, OpenNoises.anyModel(sample, template));
        return new FlatEvaluator(template, flat, pass.apply(flat));
    }

    @Override
    public double value(double[] stateNoise, double[] observationNoise) {
        return value(stateNoise, observationNoise, null);
    }

    private double value(double[] stateNoise, double[] observationNoise, Tape listener) {
        squares = Double.NaN;
        if (!noises.take(stateNoise, observationNoise)) {
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
        noises.requireScores(scoreQ, scoreR);
        prepare();
        double value = value(stateNoise, observationNoise, tape);
        if (Double.isNaN(value) || !tape.isSmooth()) {
            OpenNoises.fillWithNaN(scoreQ);
            OpenNoises.fillWithNaN(scoreR);
        } else {
            scorePass.run(tape, scoreQ, scoreR);
        }
        return value;
    }

    @Override
    public boolean hasScoreAtBestScale() {
        return noises.isOpenQ() && noises.isOpenR();
    }

    /**
     * At (c Q, c R) gain and g are the same, y~ / S and 1 / S are divided by c; so u and r of {@link ScorePass} are too, and D and N:
     * <pre>score at (c Q, c R) = 1/2 (r r' / c^2 - N / c) = 1/c 1/2 ((r / sqrt c)(r / sqrt c)' - N),</pre>
     * which is 1/c the score of innovations divided by sqrt c.
     */
    @Override
    public double valueAndScoreAtBestScale(double terms, double[] stateNoise, double[] observationNoise, double[] scoreQ, double[] scoreR) {
        if (!hasScoreAtBestScale()) {
            throw new UnsupportedOperationException("Q and R are not both open: ask hasScoreAtBestScale() first");
        }
        noises.requireScores(scoreQ, scoreR);
        prepare();
        double value = value(stateNoise, observationNoise, tape);
        double c = squares / terms;
        if (!(c > 0) || !tape.isSmooth()) {
            OpenNoises.fillWithNaN(scoreQ);
            OpenNoises.fillWithNaN(scoreR);
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
        noises.requireDirections(directions);
        OpenNoises.require("score", score, directions.length, false);
        OpenNoises.require("information", information, Covariance.size(directions.length), false);
        prepare();
        double value = value(stateNoise, observationNoise, tape);
        if (Double.isNaN(value) || !tape.isSmooth()) {
            OpenNoises.fillWithNaN(score);
            OpenNoises.fillWithNaN(information);
        } else {
            sensitivityPass.run(tape, directions, noises.isOpenQ(), noises.isOpenR(), score, information);
        }
        return value;
    }

    /** Who asks for values alone needs none of it. */
    private void prepare() {
        if (tape == null) {
            tape = new Tape(model);
            Lyapunov equilibrium = noises.equilibrium();
            scorePass = new ScorePass(model, pass.scoreKernel(), equilibrium);
            sensitivityPass = new SensitivityPass(model, pass.scoreKernel(), equilibrium);
        }
    }
}
