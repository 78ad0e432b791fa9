package org.betadrift.filter.internal.path;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.NumericalException;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/**
 * The optimum of a path problem and what belongs to it: the free path first (equalities alone), whose variances are the units of the
 * limits, then {@link InteriorPoint} and {@link ActiveSet}. One use, one thread.
 */
public final class PathSolution {
    /** A residual below it counts as none. */
    public static final double OPTIMAL = 1e-8;
    private static final int FEW = 40;     // steps of an active set that begins anywhere
    private static final int MANY = 400;   // of one that is nearly right
    private static final int DATES_BETWEEN_CALLS = 16;

    private final StateSpaceModel model;
    private final Sample sample;
    private final PathNumbers numbers;
    private final Sweep sweep;
    private final double[][] variances;
    private final Limits limits;
    private final PathState free;   // of equalities alone, in rows of the limits
    private final Optimality optimality;
    private final double memory;
    private PathState mode;
    private int iterations;
    private double kkt;
    private double violation;
    private double stuck;

    /**
     * The path without inequalities.
     *
     * @throws InvalidInputException the constraints contradict each other, nothing can move one that isn't met, or y leaves a state
     *     with an infinite variance
     */
    public PathSolution(StateSpaceModel model, Sample sample) {
        this.model = model;
        this.sample = sample;
        Feasibility.require(model.constraints(), sample);
        numbers = new PathNumbers(model, sample);
        int n = numbers.n;
        sweep = new Sweep(numbers, 0, n);
        double[] center = new double[n * numbers.k];
        double[] u = new double[numbers.firstInput(n)];
        sweep.backward(Sweep.Rows.NONE, n);
        if (sweep.undetermined() >= 0) { // but for equalities, perhaps; in their own length, for the order of magnitude of the variances
            LimitRows once = new LimitRows(new Limits.Builder(numbers, null, null, null).build());
            Arrays.fill(once.weight, 1);
            sweep.backward(once, n);
            requireDetermined();
        }
        sweep.forward(center, u, n);
        double[][] wide = sweep.covariances(n);
        double[] units = sweep.firstDeviations();
        Limits equalities = new Limits.Builder(numbers, wide, null, center).build();
        PathState state = new PathState(numbers, equalities);
        boolean settled = new ActiveSet(equalities, sweep).solve(state, n, FEW);
        if (!settled) {
            throw contradiction(equalities, state);
        }
        variances = sweep.covariances(n);
        memory = sweep.memory(variances);
        forgetRounding(equalities);
        limits = new Limits.Builder(numbers, wide, variances, state.beta).build();
        free = new PathState(numbers, limits);
        System.arraycopy(state.beta, 0, free.beta, 0, free.beta.length);
        System.arraycopy(state.u, 0, free.u, 0, free.u.length);
        optimality = new Optimality(numbers, limits, units);
    }

    private void requireDetermined() {
        int input = sweep.undetermined();
        for (int i = 0, free = numbers.costly(0); i < numbers.k && input >= 0; i++) {
            if (model.initial().isDiffuse(i) && free++ == input) {
                throw InvalidInputException.of("variance of state " + model.states().names().get(i) + " on " + sample.date(0), "infinite",
                        "the start is diffuse and y never tells of it", "give it a known start or leave out a factor");
            }
        }
    }

    private InvalidInputException contradiction(Limits equalities, PathState state) {
        int worst = 0;
        for (int i = 1; i < equalities.count; i++) {
            worst = Math.abs(state.slack[i]) > Math.abs(state.slack[worst]) ? i : worst;
        }
        return unmet(equalities, worst);
    }

    private InvalidInputException unmet(Limits of, int row) {
        int c = of.constraint[row];
        return InvalidInputException.of((c < 0 ? "y without noise" : model.constraints().get(c).expression()) + " on "
                + sample.date(of.date[row]), "not met", "no path of this model satisfies it together with the other constraints",
                "relax it, or give the states noise to move with");
    }

    /** What an equality fixes has a variance of nothing but the rounding of its weight: along it nothing moves. */
    private void forgetRounding(Limits equalities) {
        int k = numbers.k;
        for (int t = 0; t < numbers.n; t++) {
            double[] v = variances[t];
            for (int i = equalities.firstRow(t); i < equalities.firstRow(t + 1); i++) {
                double[] va = new double[k];
                double ava = 0;
                for (int r = 0; r < k; r++) {
                    for (int s = 0; s < k; s++) {
                        va[r] += v[r * k + s] * equalities.a[i * k + s];
                    }
                    ava += equalities.a[i * k + r] * va[r];
                }
                for (int r = 0; ava > 0 && r < k; r++) {
                    for (int s = 0; s < k; s++) {
                        v[r * k + s] -= va[r] * va[s] / ava;
                    }
                }
            }
        }
    }

    /**
     * To the mode.
     *
     * @throws InvalidInputException no path satisfies the constraints together
     * @throws NumericalException no optimum was found
     */
    public void solve(Monitor monitor) {
        monitor.progress(0, "finding the path");
        int n = numbers.n;
        PathState best = free.copy();
        ActiveSet set = new ActiveSet(limits, sweep);
        boolean settled = set.solve(best, n, FEW);
        iterations = set.steps();
        accept(settled && optimality.residual(best, n) <= OPTIMAL ? best : inside(n, free, set));
    }

    /** The same by the interior point alone, whatever the active set finds first. */
    void solveInside() {
        accept(inside(numbers.n, free, new ActiveSet(limits, sweep)));
    }

    private void accept(PathState state) {
        mode = state;
        kkt = optimality.residual(mode, numbers.n);
        violation = optimality.violation(mode, numbers.n);
    }

    private PathState inside(int dates, PathState from, ActiveSet set) {
        PathState state = from.copy();
        InteriorPoint interior = new InteriorPoint(numbers, limits, sweep, dates);
        interior.begin(state);
        boolean there = interior.solve(state);
        iterations += interior.steps();
        PathState polished = state.copy();
        set.guess(polished, dates);
        boolean settled = set.solve(polished, dates, MANY);
        iterations += set.steps();
        if (settled && (!there || optimality.residual(polished, dates) <= Math.max(OPTIMAL, optimality.residual(state, dates)))) {
            return polished;
        }
        if (!there) {
            throw unmet(limits, interior.worst(state));
        }
        double left = optimality.residual(state, dates);
        if (left > OPTIMAL) {
            throw new NumericalException(sample.date(dates - 1), "the optimality of the path", left, "scale the data, or write an inequality that leaves no room as an equality");
        }
        return state;
    }

    /** The mode, n x K. */
    public double[] mode() {
        return mode.beta;
    }

    /** n x constraints, in the user's units; NaN for a soft equality. A row that stands for several dates is shared among them. */
    public double[] shadowPrices() {
        int c = model.constraints().size();
        double[] prices = new double[numbers.n * c];
        for (int i = 0; i < limits.count; i++) {
            Limits.Group g = limits.group[i];
            if (limits.constraint[i] >= 0 && (g == null || i == g.total())) {
                double price = (limits.equality[i] ? -1 : 1) * mode.price[i] / limits.unit[i] / limits.dates[i];
                for (int t = limits.date[i]; t < limits.date[i] + limits.dates[i]; t++) {
                    prices[t * c + limits.constraint[i]] = price;
                }
            }
        }
        for (int t = 0; t < numbers.n; t++) {
            for (int i = 0; i < c; i++) {
                prices[t * c + i] = model.constraints().get(i).tolerance() > 0 ? Double.NaN : prices[t * c + i];
            }
        }
        return prices;
    }

    /** Sweeps of the mode. */
    public int iterations() {
        return iterations;
    }

    /** Of the mode; of the worst date's causal problem too, once there are any. */
    public double kktResidual() {
        return kkt;
    }

    /** In the user's units, of all that was solved. */
    public double violation() {
        return violation;
    }

    /** Not negative. */
    public double logDensityGivenUp() {
        return Math.max(0, numbers.cost(mode.beta, mode.u, numbers.n) - numbers.cost(free.beta, free.u, numbers.n));
    }

    /**
     * The last state of the mode given the dates up to t, for every t: n x K. Each begins with the active rows of the one before. NaN
     * while y leaves a state with an infinite variance.
     */
    public double[] causal(Monitor monitor) {
        int k = numbers.k;
        double[] ends = new double[numbers.n * k];
        ActiveSet set = new ActiveSet(limits, sweep);
        PathState state = new PathState(numbers, limits);
        int first = firstDetermined();
        Arrays.fill(ends, 0, first * k, Double.NaN);
        for (int t = first; t < numbers.n; t++) {
            if (t % DATES_BETWEEN_CALLS == 0) {
                monitor.progress((double) t / numbers.n * t / numbers.n, "finding causal paths");
            }
            if (!set.solve(state, t + 1, FEW)) {
                state = inside(t + 1, new PathState(numbers, limits), set);
            }
            System.arraycopy(state.beta, t * k, ends, t * k, k);
            kkt = Math.max(kkt, optimality.residual(state, t + 1));
            violation = Math.max(violation, optimality.violation(state, t + 1));
        }
        return ends;
    }

    /** The first date whose y, with those before and the equalities, tells of every diffuse state. */
    private int firstDetermined() {
        LimitRows rows = new LimitRows(limits);
        for (int i = 0; i < limits.count; i++) {
            rows.weight[i] = limits.equality[i] ? 1 : 0;
        }
        int t = 0;
        do {
            sweep.backward(rows, ++t);
        } while (t < numbers.n && sweep.undetermined() >= 0);
        return t - 1;
    }

    /**
     * Paths from the truncated posterior, draws x n x K.
     *
     * @throws InvalidInputException an inequality leaves no room
     */
    public double[] draws(int draws, DoubleSupplier gaussian, Monitor monitor) {
        PathState start = free.copy();
        InteriorPoint interior = new InteriorPoint(numbers, limits, sweep, numbers.n);
        interior.begin(start);
        if (!interior.centre(start)) {
            int row = interior.worst(start);
            throw InvalidInputException.of((limits.constraint[row] < 0 ? "y without noise" : model.constraints().get(limits.constraint[row]).expression())
                    + " on " + sample.date(limits.date[row]), "an inequality without room", "draws need paths that are strictly inside",
                    "write what can only hold with equality as an equality, or ask for no draws");
        }
        TruncatedDraws chain = new TruncatedDraws(numbers, limits, variances, memory, start);
        double[] all = chain.run(draws, gaussian, monitor);
        stuck = chain.stuck();
        return all;
    }

    /** The part of the last draws' moves that were given up. */
    public double stuck() {
        return stuck;
    }

    /** What draws are worth, n x K. */
    public double[] effective(double[] all, int draws) {
        return EffectiveDraws.of(all, draws, numbers.n * numbers.k);
    }
}
