package org.betadrift.likelihood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.OptimizationData;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.MultivariateOptimizer;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.apache.commons.math3.random.MersenneTwister;

/**
 * commons-math3's searches without derivatives, in the logarithms of variances within [1e-12, 1e8] of their unit; then every variance that
 * the likelihood doesn't need is put at exactly zero. A single parameter is searched by Brent's method, as theirs need two.
 */
final class DerivativeFree implements Climb {
    private static final double LOWEST = 1e-12;
    private static final long CMA_ES_SEED = 20260101; // the same numbers in every run

    private static final double GAIN = 1e-9;
    private static final double NO_GOAL = 0; // theirs takes it for none

    enum Method {
        BOBYQA(6), CMA_ES(1);

        private final int rounds;

        Method(int rounds) {
            this.rounds = rounds;
        }
    }

    private final Method method;

    DerivativeFree(Method method) {
        this.method = method;
    }

    @Override
    public Optimum from(Objective f, double[] start, double[][] inverse, Watch watch) {
        Tracker tracker = new Tracker(f, new Axes(f, start), watch);
        boolean inBudget = true;
        double before = Double.NEGATIVE_INFINITY;
        // a search that has narrowed too early goes on when it begins anew where it ended
        for (int round = 0; round < method.rounds && tracker.axes.count() > 0 && inBudget && !(tracker.most < before + GAIN); round++) {
            before = tracker.most;
            tracker.axes = new Axes(f, tracker.best);
            inBudget = search(tracker, watch);
        }
        return withZeros(f, tracker.best, inBudget);
    }

    /** @return false when it was stopped for having worked out enough */
    private boolean search(Tracker tracker, Watch watch) {
        Axes axes = tracker.axes;
        try {
            if (axes.count() == 1) {
                brent(axes, tracker, watch);
            } else if (method == Method.BOBYQA) {
                optimise(new BOBYQAOptimizer(2 * axes.count() + 1, 1, 1e-8), axes, tracker, watch);
            } else {
                optimise(new CMAESOptimizer(20_000, NO_GOAL, true, 0, 0, new MersenneTwister(CMA_ES_SEED), false, null), axes,
                        tracker, watch, new CMAESOptimizer.Sigma(axes.filled(2)),
                        new CMAESOptimizer.PopulationSize(4 + (int) (3 * Math.log(axes.count() + 1))));
            }
            return true;
        } catch (TooManyEvaluationsException e) {
            return false;
        }
    }

    private static void optimise(MultivariateOptimizer optimizer, Axes axes, Tracker tracker,
            Watch watch, OptimizationData... more) {
        List<OptimizationData> data = new ArrayList<>(List.of(more));
        data.add(new MaxEval(Math.max(1, watch.left())));
        data.add(MaxIter.unlimited());
        data.add(new ObjectiveFunction(tracker));
        data.add(GoalType.MAXIMIZE);
        data.add(new InitialGuess(axes.start()));
        data.add(new SimpleBounds(axes.lowest(), axes.highest()));
        optimizer.optimize(data.toArray(OptimizationData[]::new));
    }

    private static void brent(Axes axes, Tracker tracker, Watch watch) {
        new BrentOptimizer(1e-10, 1e-10).optimize(new MaxEval(Math.max(1, watch.left())), GoalType.MAXIMIZE,
                new UnivariateObjectiveFunction(x -> tracker.value(new double[] {x})),
                new SearchInterval(axes.lowest()[0], axes.highest()[0], axes.start()[0]));
    }

    /** One variance after the other, smallest first. */
    private static Optimum withZeros(Objective f, double[] from, boolean inBudget) {
        double[] best = from.clone();
        double value = f.value(best);
        boolean[] tried = new boolean[best.length];
        for (int round = 0; round < best.length; round++) {
            int smallest = -1;
            for (int i = 0; i < best.length; i++) {
                if (f.isVariance(i) && f.lower(i) == 0 && best[i] > 0 && !tried[i] && (smallest < 0 || best[i] < best[smallest])) {
                    smallest = i;
                }
            }
            if (smallest < 0) {
                break;
            }
            tried[smallest] = true;
            double[] without = best.clone();
            without[smallest] = 0;
            double there = f.value(without);
            if (there >= value - 1e-9) {
                best = without;
                value = there;
            }
        }
        return new Optimum(best, value, inBudget);
    }

    /** Remembers the best, so that nothing is lost when the search is stopped. */
    private static final class Tracker implements MultivariateFunction {
        private final Objective f;
        private Axes axes;
        private final Watch watch;
        private double[] best;
        private double most = Double.NEGATIVE_INFINITY;

        Tracker(Objective f, Axes axes, Watch watch) {
            this.f = f;
            this.axes = axes;
            this.watch = watch;
            best = axes.from.clone();
        }

        @Override
        public double value(double[] x) {
            watch.goesOn();
            double[] u = axes.coordinates(x);
            double value = f.value(u);
            if (value > most) {
                most = value;
                best = u;
            }
            return Math.max(value, -1e300); // theirs can't compare infinities
        }
    }

    /** The coordinates that are searched. */
    private static final class Axes {
        private final Objective f;
        private final double[] from;
        private final int[] at;

        Axes(Objective f, double[] from) {
            this.f = f;
            this.from = from;
            List<Integer> free = new ArrayList<>();
            for (int i = 0; i < from.length; i++) {
                if (!f.isFrozen(i)) {
                    free.add(i);
                }
            }
            at = free.stream().mapToInt(Integer::intValue).toArray();
        }

        int count() {
            return at.length;
        }

        double[] filled(double with) {
            double[] all = new double[at.length];
            Arrays.fill(all, with);
            return all;
        }

        private double axis(int i, double u) {
            return f.isVariance(i) ? Math.log(Math.max(LOWEST, u)) : Math.max(-1e6, Math.min(1e6, u));
        }

        double[] start() {
            double[] lowest = lowest();
            double[] highest = highest();
            double[] x = new double[at.length];
            for (int i = 0; i < x.length; i++) {
                double inside = 1e-6 * (highest[i] - lowest[i]);
                x[i] = Math.min(highest[i] - inside, Math.max(lowest[i] + inside, axis(at[i], from[at[i]])));
            }
            return x;
        }

        double[] lowest() {
            return Arrays.stream(at).mapToDouble(i -> axis(i, f.lower(i))).toArray();
        }

        double[] highest() {
            return Arrays.stream(at).mapToDouble(i -> axis(i, f.upper(i))).toArray();
        }

        double[] coordinates(double[] x) {
            double[] u = from.clone();
            for (int i = 0; i < x.length; i++) {
                u[at[i]] = f.isVariance(at[i]) ? Math.exp(x[i]) : x[i];
            }
            return u;
        }
    }
}
