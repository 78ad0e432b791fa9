package org.betadrift.filter.internal;

import java.util.function.Function;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Sample;

/**
 * The border of a likelihood of several targets, or of one under constraints: a {@link DecoupledPass} where Q, R and the sample allow it,
 * else a {@link RowPass}. Both have the score, whatever the model. Where a row of y had S = 0 (foretold without any doubt) there is none,
 * and it is NaN beside a value that isn't; where a constraint row had, the score is right for what leaves it so.
 */
final class RowsEvaluator implements LikelihoodEvaluator {
    private static final String GENERAL = "general: one row at a time";

    private final RowModel model;
    private final OpenNoises noises;
    private final DateRows rows;
    private final RowPass general;
    private final DecoupledPass decoupled; // null where it never applies
    private final String nameOfDecoupled;
    private final double[] fixedQ;         // packed, where it is given and decoupled asks for it
    private final double[] fixedR;         // likewise
    private double squares = Double.NaN;
    private String method = "";
    private boolean isDecoupled;           // the last value
    private RowTape tape;                  // made when a derivative is first asked for
    private RowScorePass scorePass;

    private RowsEvaluator(Sample sample, ModelTemplate template, Function<FlatModel, FlatEvaluator.Pass> ofSeries, boolean isFast) {
        model = new RowModel(sample, OpenNoises.anyModel(sample, template), isFast && !template.initial().isStationary());
        noises = new OpenNoises(template, model, model.targets);
        rows = new DateRows(model);
        general = new RowPass(model, rows, isFast);
        decoupled = ofSeries != null && DecoupledPass.applies(sample, template) ? new DecoupledPass(sample, ofSeries) : null;
        nameOfDecoupled = decoupled == null ? "" : "decoupled: " + decoupled.targets() + " series of " + decoupled.states()
                + (decoupled.states() == 1 ? " state" : " states");
        fixedQ = decoupled == null || noises.isOpenQ() ? null : template.stateNoise().orElseThrow().at(0).toPacked();
        fixedR = decoupled == null || noises.isOpenR() ? null : template.observationNoise().orElseThrow().at(0).toPacked();
    }

    /**
     * @param ofSeries of one series, where the sample decouples; null: always row by row
     * @param isFast whether the covariance form may be used where it has the digits
     * @throws InvalidInputException the template and the sample don't fit, or a constraint is no equality
     */
    static RowsEvaluator of(Sample sample, ModelTemplate template, Function<FlatModel, FlatEvaluator.Pass> ofSeries, boolean isFast) {
        return new RowsEvaluator(sample, template, ofSeries, isFast);
    }

    @Override
    public double value(double[] stateNoise, double[] observationNoise) {
        return value(stateNoise, observationNoise, false);
    }

    private double value(double[] stateNoise, double[] observationNoise, boolean keeps) {
        squares = Double.NaN;
        method = "";
        if (!noises.take(stateNoise, observationNoise)) {
            return Double.NaN;
        }
        double value = Double.NaN;
        if (decoupled != null) {
            value = decoupled.logLikelihood(stateNoise == null ? fixedQ : stateNoise, observationNoise == null ? fixedR : observationNoise, keeps);
        }
        isDecoupled = Double.isFinite(value);
        method = isDecoupled ? nameOfDecoupled : GENERAL;
        if (!isDecoupled) {
            value = general.logLikelihood(keeps ? tape() : null);
        }
        if (!Double.isFinite(value)) {
            return Double.NaN;
        }
        squares = isDecoupled ? decoupled.squares() : general.squares();
        return value;
    }

    @Override
    public double squares() {
        return squares;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public boolean hasScore() {
        return true;
    }

    @Override
    public double valueAndScore(double[] stateNoise, double[] observationNoise, double[] scoreQ, double[] scoreR) {
        noises.requireScores(scoreQ, scoreR);
        double value = value(stateNoise, observationNoise, true);
        score(value, 1, scoreQ, scoreR);
        return value;
    }

    @Override
    public void readScoresOf(boolean[] states) {
        if (states.length != model.states) {
            throw InvalidInputException.of("number of states whose scores are read", states.length, "there are " + model.states, "say of each whether it is");
        }
        if (decoupled != null) {
            decoupled.readScoresOf(states);
        }
    }

    @Override
    public boolean hasScoreAtBestScale() {
        return noises.isOpenQ() && noises.isOpenR();
    }

    /** As {@link FlatEvaluator#valueAndScoreAtBestScale}: 1/c the score of innovations divided by sqrt c. */
    @Override
    public double valueAndScoreAtBestScale(double terms, double[] stateNoise, double[] observationNoise, double[] scoreQ, double[] scoreR) {
        if (!hasScoreAtBestScale()) {
            throw new UnsupportedOperationException("Q and R are not both open: ask hasScoreAtBestScale() first");
        }
        noises.requireScores(scoreQ, scoreR);
        double value = value(stateNoise, observationNoise, true);
        double c = squares / terms;
        score(value, c, scoreQ, scoreR);
        return value - 0.5 * terms * Math.log(c) - 0.5 * squares * (1 / c - 1);
    }

    /** Of the last value, at c times its Q and R. */
    private void score(double value, double c, double[] scoreQ, double[] scoreR) {
        if (Double.isNaN(value) || !(c > 0) || !isDecoupled && !tape.isSmooth()) {
            OpenNoises.fillWithNaN(scoreQ);
            OpenNoises.fillWithNaN(scoreR);
        } else if (isDecoupled) {
            decoupled.score(c, scoreQ, scoreR);
        } else {
            if (c != 1) {
                tape.scaleInnovations(1 / Math.sqrt(c));
            }
            scorePass.run(tape, scoreQ, scoreR);
            divide(scoreQ, c);
            divide(scoreR, c);
        }
    }

    private static void divide(double[] score, double c) {
        for (int i = 0; score != null && i < score.length; i++) {
            score[i] /= c;
        }
    }

    /** Who asks for values alone doesn't need it. */
    private RowTape tape() {
        if (tape == null) {
            tape = new RowTape(model);
            scorePass = new RowScorePass(model, rows, noises.equilibrium());
        }
        return tape;
    }
}
