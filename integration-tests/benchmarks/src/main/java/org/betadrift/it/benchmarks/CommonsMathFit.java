package org.betadrift.it.benchmarks;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.OptimizationData;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.MultivariateOptimizer;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.apache.commons.math3.random.MersenneTwister;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Covariance;
import org.betadrift.model.Sample;

/** commons-math3's searches without derivatives in the logarithms of the variances, from q mean(h^2) = R / 1000, over our likelihood. */
final class CommonsMathFit {
    private static final int MOST = 20_000;
    private static final double DOWN = 30;
    private static final double UP = 15;

    private final LikelihoodEvaluator evaluator;
    private final int states;
    private final double[] q; // packed
    private final double[] r = new double[1];
    private final double[] start;
    private final Function<CommonsMathFit, MultivariateOptimizer> optimiser;
    private final OptimizationData[] its;

    private CommonsMathFit(Sample sample, Function<CommonsMathFit, MultivariateOptimizer> optimiser, Function<CommonsMathFit, OptimizationData[]> its) {
        this.optimiser = optimiser;
        evaluator = OurFit.evaluator(sample, OurFit.template(sample));
        states = sample.states().count();
        q = new double[Covariance.size(states)];
        start = new double[states + 1];
        double[] squares = new double[states + 1];
        for (int t = 0; t < sample.periods(); t++) {
            double y = sample.y(t, 0);
            for (int i = 0; i <= states && !Double.isNaN(y); i++) {
                double x = i == states ? y : sample.h(t, 0, i);
                squares[i] += x * x;
            }
        }
        for (int i = 0; i <= states; i++) {
            start[i] = Math.log(i == states ? squares[states] / sample.observations() : 1e-3 * squares[states] / squares[i]);
        }
        this.its = its.apply(this);
    }

    static Supplier<double[]> bobyqa(Sample sample) {
        return new CommonsMathFit(sample, fit -> new BOBYQAOptimizer(2 * fit.start.length + 1, 2, 1e-8),
                fit -> new OptimizationData[] {fit.bounds()})::search;
    }

    static Supplier<double[]> nelderMead(Sample sample) {
        return new CommonsMathFit(sample, fit -> new SimplexOptimizer(1e-12, 1e-10),
                fit -> new OptimizationData[] {new NelderMeadSimplex(fit.start.length, 1)})::search;
    }

    static Supplier<double[]> cmaEs(Sample sample) {
        return new CommonsMathFit(sample,
                fit -> new CMAESOptimizer(MOST, Double.NEGATIVE_INFINITY, true, 0, 0, new MersenneTwister(7), false, new SimpleValueChecker(1e-13, 1e-10)),
                fit -> new OptimizationData[] {fit.bounds(), new CMAESOptimizer.Sigma(fit.filled(2)),
                        new CMAESOptimizer.PopulationSize(4 + (int) (3 * Math.log(fit.start.length)))})::search;
    }

    private double[] search() {
        OptimizationData[] common = {new MaxEval(MOST), new ObjectiveFunction(this::minusLogLikelihood), GoalType.MINIMIZE, new InitialGuess(start)};
        OptimizationData[] all = Arrays.copyOf(common, common.length + its.length);
        System.arraycopy(its, 0, all, common.length, its.length);
        return Arrays.stream(optimiser.apply(this).optimize(all).getPoint()).map(Math::exp).toArray();
    }

    private double minusLogLikelihood(double[] logarithms) {
        for (int i = 0; i < states; i++) {
            q[Covariance.index(i, i)] = Math.exp(logarithms[i]);
        }
        r[0] = Math.exp(logarithms[states]);
        double value = evaluator.value(q, r);
        return Double.isNaN(value) ? 1e10 : -value;
    }

    private SimpleBounds bounds() {
        return new SimpleBounds(Arrays.stream(start).map(x -> x - DOWN).toArray(), Arrays.stream(start).map(x -> x + UP).toArray());
    }

    private double[] filled(double x) {
        double[] all = new double[start.length];
        Arrays.fill(all, x);
        return all;
    }
}
