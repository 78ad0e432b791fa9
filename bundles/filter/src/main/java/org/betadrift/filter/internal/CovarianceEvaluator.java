package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.filter.LikelihoodConvention;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.filter.internal.FlatModel.TransitionKind;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/**
 * The log-likelihood of one sample by the fastest kernel that applies: straight line for a random walk with a diagonal Q and
 * constant noises, else {@link FlatKernel}. Dates with infinite variances are the exact kernel's; a pass in which the fast
 * one saw trouble is done again, by the exact kernel where there is one, else as the engine's filter would.
 */
final class CovarianceEvaluator implements LikelihoodEvaluator {
    private static final double CONSTANT = LikelihoodConvention.FULL.constant(1, 0);

    private final ModelTemplate template;
    private final FlatModel model;
    private final ExactPass exact;
    private final LikelihoodKernel straightLine; // null when none is there for K or T
    private final FlatKernel flat;
    private final Definiteness definiteness;
    private final boolean diffuse;
    private final boolean qIsFixed;
    private final boolean rIsFixed;
    private final double[] q;            // as given, packed
    private final double[] r;            // as given
    private final double[] diagonal;     // of Q
    private final double[] beta;         // after a diffuse start
    private final double[] p;            // its covariance

    /**
     * @param model flat, of the template and some Q and R; this evaluator's own
     * @param exact works on {@code model}; null where there is none, then no variance is infinite
     * @param straightLine for K states, or null
     */
    CovarianceEvaluator(ModelTemplate template, FlatModel model, ExactPass exact, LikelihoodKernel straightLine) {
        this.template = template;
        this.model = model;
        this.exact = exact;
        this.straightLine = model.transitionKind == TransitionKind.IDENTITY ? straightLine : null;
        flat = new FlatKernel(model);
        definiteness = new Definiteness(model.states);
        boolean infinite = false;
        for (boolean d : model.diffuse) {
            infinite |= d;
        }
        diffuse = infinite;
        qIsFixed = template.stateNoise().isPresent();
        rIsFixed = template.observationNoise().isPresent();
        q = new double[Covariance.size(model.states)];
        r = new double[1];
        diagonal = new double[model.states];
        beta = new double[model.states];
        p = new double[q.length];
    }

    /** @param some the template with any Q and R where it is open; fits the sample and the engine */
    static CovarianceEvaluator of(Sample sample, ModelTemplate template, StateSpaceModel some) {
        int k = some.states().count();
        return new CovarianceEvaluator(template, new FlatModel(sample, some), null, k <= StraightLine.MOST_STATES ? StraightLine.of(k) : null);
    }

    @Override
    public double value(double[] stateNoise, double[] observationNoise) {
        requireGiven("state noise", stateNoise, q.length, qIsFixed);
        requireGiven("observation noise", observationNoise, 1, rIsFixed);
        if (!take(stateNoise, observationNoise)) {
            return Double.NaN;
        }
        double fast = diffuse ? fastAfterStart() : fast(0, model.beta, model.p);
        if (Double.isFinite(fast)) {
            return fast;
        }
        double again = exact != null ? exact.logLikelihood() : logLikelihood(0, flat.deviance(0, model.beta, model.p, false));
        return Double.isFinite(again) ? again : Double.NaN;
    }

    /** Sets the model's Q and R to those given. @return false when it is none then */
    private boolean take(double[] stateNoise, double[] observationNoise) {
        if (stateNoise != null) {
            if (!definiteness.isCovariance(stateNoise)) {
                return false;
            }
            System.arraycopy(stateNoise, 0, q, 0, q.length);
            model.q = q;
            model.qStep = 0;
        }
        if (observationNoise != null) {
            if (!(observationNoise[0] >= 0) || Double.isInfinite(observationNoise[0])) {
                return false;
            }
            r[0] = observationNoise[0];
            model.r = r;
            model.rStep = 0;
        }
        return !template.initial().isStationary() || takeEquilibrium();
    }

    /** The start follows Q: this one allocates. */
    private boolean takeEquilibrium() {
        try {
            Noise stateNoise = model.q == q ? Noise.constant(Covariance.ofPacked(model.states, q)) : template.stateNoise().orElseThrow();
            model.startFrom(template.complete(stateNoise, Noise.constant(Covariance.scalar(1, 0))));
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    private double fastAfterStart() {
        int from = exact.start(beta, p);
        return exact.startLogLikelihood() + fast(from, beta, p);
    }

    private double fast(int from, double[] startBeta, double[] startP) {
        boolean straight = straightLine != null && model.qStep == 0 && model.rStep == 0 && model.r[0] > 0 && definiteness.isDiagonal(model.q);
        if (!straight) {
            return logLikelihood(from, flat.deviance(from, startBeta, startP, true));
        }
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = model.q[Covariance.index(i, i)];
        }
        double deviance = straightLine.deviance(from, model.dates, model.y, model.h, startBeta, startP, diagonal, model.r[0]);
        int missing = model.dates - from - model.observedFrom[from];
        return logLikelihood(from, missing == 0 ? deviance : deviance - missing * Math.log(model.r[0]));
    }

    /** log L = -1/2 (N log 2 pi + sum of y~^2 / S + log S). */
    private double logLikelihood(int from, double deviance) {
        return CONSTANT * model.observedFrom[from] - 0.5 * deviance;
    }

    private static void requireGiven(String what, double[] given, int length, boolean fixed) {
        if (given == null ? !fixed : given.length != length) {
            throw InvalidInputException.of("length of the " + what, given == null ? "nothing" : Arrays.toString(given),
                    "there are " + length + " packed values", given == null ? "give what the template leaves open" : "pass the lower triangle by rows");
        }
    }
}
