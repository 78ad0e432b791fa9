package org.betadrift.likelihood;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.betadrift.estimation.ConvergenceRecord.Score;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;

/**
 * The log-likelihood (convention {@code full}) of one sample as a function of theta: a family of (Q, R), and phi after it when that is
 * estimated too. Its derivatives are the engine's where it has them and differences where not; those with respect to phi are
 * always differences, as each phi is a model of its own. Counts what is worked out. One thread.
 */
public final class Likelihood {
    private static final double PHI_STEP = 1e-5;

    private final Sample sample;
    private final ModelTemplate template;
    private final Function<ModelTemplate, LikelihoodEvaluator> engine;
    private final Parameterisation noise;
    private final Reversion reversion; // null: the transition is given
    private final int noises;
    private final double[] q;
    private final double[] r;
    private final double[] scoreQ;
    private final double[] scoreR;
    private double[] phi;
    private double[] scoredAt; // theta of the scores; null for none
    private LikelihoodEvaluator evaluator; // at phi; null where there is no such model
    private int evaluations;

    private Likelihood(Sample sample, ModelTemplate template, Function<ModelTemplate, LikelihoodEvaluator> engine, Parameterisation noise,
            Reversion reversion) {
        this.sample = sample;
        this.template = template;
        this.engine = engine;
        this.noise = noise;
        this.reversion = reversion;
        noises = noise.names().size();
        q = template.stateNoise().isPresent() ? null : new double[Covariance.size(template.states().count())];
        r = template.observationNoise().isPresent() ? null : new double[Covariance.size(sample.targets().size())];
        if (q == null && r == null) {
            throw InvalidInputException.of("model", "complete", "nothing is left to estimate", "leave Q or R open");
        }
        scoreQ = q == null ? null : q.clone();
        scoreR = r == null ? null : r.clone();
        phi = reversion == null ? new double[0] : reversion.start();
        evaluator = engine.apply(at(phi));
    }

    /**
     * @param template what it leaves open is what {@code noise} is a family of
     * @param engine makes the workspace, as {@code context::evaluator} does
     * @throws InvalidInputException the template is complete, or doesn't fit the sample or the engine
     */
    public static Likelihood of(Sample sample, ModelTemplate template, Function<ModelTemplate, LikelihoodEvaluator> engine,
            Parameterisation noise) {
        return new Likelihood(sample, template, engine, noise, null);
    }

    /** The same with phi as a parameter too, within -1 and 1. */
    public Likelihood withReversion(Reversion free) {
        return new Likelihood(sample, template, engine, noise, free);
    }

    /** The same with another family for what is open. */
    public Likelihood withNoise(Parameterisation family) {
        return new Likelihood(sample, template, engine, family, reversion);
    }

    /** The family of (Q, R). */
    public Parameterisation noise() {
        return noise;
    }

    /** Of every free parameter, in the order of theta. */
    public List<String> names() {
        return reversion == null ? noise.names() : Stream.concat(noise.names().stream(), reversion.names().stream()).toList();
    }

    /** Likelihoods worked out so far, with or without derivatives. */
    public int evaluations() {
        return evaluations;
    }

    /** How derivatives are had. */
    public Score score() {
        return evaluator != null && evaluator.hasScore() ? Score.ANALYTIC : Score.DIFFERENCES;
    }

    /** log p(y | theta); NaN where theta is no model. */
    public double value(double[] theta) {
        evaluations++;
        move(theta);
        if (evaluator == null) {
            return Double.NaN;
        }
        noise.map(theta, q, r);
        return evaluator.value(q, r);
    }

    /** Value, and dLL/dtheta into {@code gradient}. At zero a variance has its derivative from above, at a bound phi from within. */
    public double valueAndGradient(double[] theta, double[] gradient) {
        double value;
        if (score() == Score.ANALYTIC) {
            evaluations++;
            move(theta);
            if (evaluator == null) {
                return Double.NaN;
            }
            noise.map(theta, q, r);
            value = evaluator.valueAndScore(q, r, scoreQ, scoreR);
            scoredAt = theta.clone();
            noise.pullBack(theta, scoreQ, scoreR, gradient);
        } else {
            value = value(theta);
            for (int i = 0; i < noises; i++) {
                gradient[i] = difference(theta, i, 1e-5 * Math.max(Math.abs(theta[i]), 1e-4 * typical(theta)), value);
            }
        }
        for (int i = noises; i < theta.length; i++) {
            gradient[i] = difference(theta, i, PHI_STEP, value);
        }
        return value;
    }

    /** Of the size of the parameters. */
    private double typical(double[] theta) {
        double largest = Double.MIN_NORMAL;
        for (int i = 0; i < noises; i++) {
            largest = Math.max(largest, Math.abs(theta[i]));
        }
        return largest;
    }

    private double difference(double[] theta, int i, double step, double value) {
        double[] x = theta.clone();
        x[i] = Math.min(upper(i), theta[i] + step);
        double high = x[i];
        double up = high == theta[i] ? value : value(x);
        x[i] = Math.max(lower(i), theta[i] - step);
        double low = x[i];
        double down = low == theta[i] ? value : value(x);
        return (up - down) / (high - low);
    }

    private void move(double[] theta) {
        if (reversion == null) {
            return;
        }
        double[] wanted = Arrays.copyOfRange(theta, noises, theta.length);
        if (!Arrays.equals(wanted, phi)) {
            phi = wanted;
            try {
                evaluator = engine.apply(at(phi));
            } catch (InvalidInputException e) { // a stationary start at a unit root
                evaluator = null;
            }
        }
    }

    private ModelTemplate at(double[] itsPhi) {
        if (reversion == null) {
            return template;
        }
        ModelTemplate moved = ModelTemplate.of(template.states(), template.initial(), reversion.at(itsPhi)).withConstraints(template.constraints());
        moved = template.stateNoise().map(moved::withStateNoise).orElse(moved);
        return template.observationNoise().map(moved::withObservationNoise).orElse(moved);
    }

    // --- for the maximiser

    /** Whether {@link #valueAndGradientAtBestScale} works: phi has no derivatives of its own. */
    boolean hasGradientAtBestScale() {
        return reversion == null && evaluator.hasScore() && evaluator.hasScoreAtBestScale();
    }

    /**
     * What {@link #valueAndGradient} is at the best scale, in one pass.
     *
     * @param terms N of the law of scale, which must hold
     * @param theta at any scale; written: the same at the best one
     * @return NaN, and theta as it was, where theta is no model
     */
    double valueAndGradientAtBestScale(double terms, double[] theta, double[] gradient) {
        evaluations++;
        noise.map(theta, q, r);
        double value = evaluator.valueAndScoreAtBestScale(terms, q, r, scoreQ, scoreR);
        double c = evaluator.squares() / terms;
        for (int i = 0; i < noises && !Double.isNaN(value); i++) {
            theta[i] *= noise.degree(i) == 1 ? c : Math.pow(c, noise.degree(i));
        }
        scoredAt = theta.clone();
        noise.pullBack(theta, scoreQ, scoreR, gradient);
        return value;
    }

    /** What was worked out elsewhere for it. */
    void count(int more) {
        evaluations += more;
    }

    /** The same with one phi held. */
    Likelihood withPhi(int i, double held) {
        Reversion rest = reversion.held(i, held);
        ModelTemplate moved = rest == null ? at(new double[] {held}) : template;
        return new Likelihood(sample, moved, engine, noise, rest);
    }

    Sample sample() {
        return sample;
    }

    ModelTemplate template() {
        return template;
    }

    /** Parameters of (Q, R); those of phi follow. */
    int noises() {
        return noises;
    }

    double[] startOfPhi() {
        return reversion == null ? new double[0] : reversion.start();
    }

    boolean isVariance(int i) {
        return i < noises && noise.isVariance(i);
    }

    double degree(int i) {
        return i < noises ? noise.degree(i) : 0;
    }

    double lower(int i) {
        return i < noises ? noise.lower(i) : -1;
    }

    double upper(int i) {
        return i < noises ? noise.upper(i) : 1;
    }

    /** Of the last call. */
    double squares() {
        return evaluator == null ? Double.NaN : evaluator.squares();
    }

    boolean hasInformation() {
        return evaluator != null && evaluator.hasInformation();
    }

    /** Whether exact constraints see a part of Q only. */
    boolean hasExactConstraint() {
        return template.constraints().stream().anyMatch(StateConstraint::isExact);
    }

    /** Whether c (Q, R) is a member for every c, and neither the start nor a tolerant constraint knows a scale of its own. */
    boolean isScaleFree() {
        if (q == null || r == null || template.constraints().stream().anyMatch(row -> row.tolerance() > 0)) {
            return false;
        }
        for (int i = 0; i < noises; i++) {
            if (Double.isNaN(noise.degree(i))) {
                return false;
            }
        }
        InitialState initial = template.initial();
        for (int k = 0; k < initial.dimension() && !initial.isStationary(); k++) {
            if (!initial.isDiffuse(k) && initial.prior().covariance().variance(k) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Better places than theta, see {@link Parameterisation#escapes}; theta keeps its phi. */
    List<double[]> escapes(double[] theta) {
        if (score() != Score.ANALYTIC) {
            return List.of();
        }
        if (!Arrays.equals(theta, scoredAt)) { // differences of phi move the evaluator, not the score
            valueAndGradient(theta, new double[theta.length]);
        }
        return noise.escapes(Arrays.copyOf(theta, noises), scoreQ, scoreR).stream().map(better -> {
            double[] whole = theta.clone();
            System.arraycopy(better, 0, whole, 0, noises);
            return whole;
        }).toList();
    }

    /**
     * Value, score and expected information along directions in theta; those of phi must be zero.
     *
     * @param directions rows, each as long as theta
     * @param score written, one a direction
     * @param information written, packed
     */
    double information(double[] theta, double[][] directions, double[] score, double[] information) {
        evaluations++;
        move(theta);
        noise.map(theta, q, r);
        int sizeQ = q == null ? 0 : q.length;
        int sizeR = r == null ? 0 : r.length;
        double[][] jacobian = jacobian(theta, sizeQ, sizeR);
        double[][] packed = new double[directions.length][sizeQ + sizeR];
        for (int d = 0; d < directions.length; d++) {
            for (int e = 0; e < sizeQ + sizeR; e++) {
                for (int i = 0; i < noises; i++) {
                    packed[d][e] += jacobian[e][i] * directions[d][i];
                }
            }
        }
        return evaluator.information(q, r, packed, score, information);
    }

    /** d(packed Q | packed R)/dtheta: pulls back unit scores, halves off the diagonal as such a score counts twice. */
    private double[][] jacobian(double[] theta, int sizeQ, int sizeR) {
        double[][] rows = new double[sizeQ + sizeR][noises];
        double[] unitQ = q == null ? null : new double[sizeQ];
        double[] unitR = r == null ? null : new double[sizeR];
        for (int e = 0; e < rows.length; e++) {
            double[] unit = e < sizeQ ? unitQ : unitR;
            int place = e < sizeQ ? e : e - sizeQ;
            unit[place] = isDiagonal(place) ? 1 : 0.5;
            noise.pullBack(theta, unitQ, unitR, rows[e]);
            unit[place] = 0;
        }
        return rows;
    }

    private static boolean isDiagonal(int place) {
        int row = (int) ((Math.sqrt(8.0 * place + 1) - 1) / 2);
        return Covariance.index(row, row) == place;
    }
}
