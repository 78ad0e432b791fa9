package org.betadrift.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is observed, aligned: y_t (m targets) and H_t (m x K) on n dates. NaN in y = missing, cell by cell. Cut from a
 * {@link ReturnPanel} whose other columns stay at hand (a noise series).
 */
public final class Sample {
    private final ReturnPanel panel;
    private final Map<String, List<String>> factors; // by target
    private final List<String> targets;
    private final boolean intercept;
    private final boolean slopes;
    private final States states;
    private final double[][] y;         // by target
    private final double[][] regressors; // by state but the slopes: the factor's column, or null for alpha
    private final int[] owners;          // by state: its target

    private Sample(ReturnPanel panel, Map<String, List<String>> factors, boolean intercept, boolean slopes) {
        this.panel = panel;
        this.factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
        this.targets = List.copyOf(factors.keySet());
        this.intercept = intercept;
        this.slopes = slopes;
        this.y = targets.stream().map(panel::column).toArray(double[][]::new);

        Set<String> order = new LinkedHashSet<>();
        if (intercept) {
            order.add(StateName.ALPHA);
        }
        factors.values().forEach(order::addAll);
        List<StateName> names = new ArrayList<>();
        List<double[]> columns = new ArrayList<>();
        List<Integer> itsTargets = new ArrayList<>();
        for (String factor : order) {
            boolean alpha = intercept && factor.equals(StateName.ALPHA);
            double[] column = alpha ? null : panel.column(factor);
            for (int i = 0; i < targets.size(); i++) {
                if (alpha || factors.get(targets.get(i)).contains(factor)) {
                    names.add(new StateName(factor, targets.size() == 1 ? "" : targets.get(i)));
                    columns.add(column);
                    itsTargets.add(i);
                    requirePresent(factor, column, i);
                }
            }
        }
        for (int k = 0, levels = names.size(); k < levels && slopes; k++) {
            if (!names.get(k).factor().equals(StateName.ALPHA) || !intercept) {
                names.add(names.get(k).slope());
                itsTargets.add(itsTargets.get(k));
            }
        }
        this.states = States.of(names);
        this.regressors = columns.toArray(double[][]::new);
        this.owners = itsTargets.stream().mapToInt(Integer::intValue).toArray();
    }

    private void requirePresent(String factor, double[] column, int target) {
        for (int t = 0; column != null && t < column.length; t++) {
            if (Double.isNaN(column[t]) && !Double.isNaN(y[target][t])) {
                throw InvalidInputException.of("factor " + factor + " on " + date(t), "missing",
                        "target " + targets.get(target) + " is present on that date", "fill the factor or blank the target");
            }
        }
    }

    /** @param panel holds every target and factor as a column */
    public static Builder builder(ReturnPanel panel) {
        return new Builder(panel);
    }

    /** n. */
    public int periods() {
        return panel.dates().size();
    }

    /** n, strictly ascending. */
    public List<LocalDate> dates() {
        return panel.dates();
    }

    /** Date t, from 0. */
    public LocalDate date(int t) {
        return panel.dates().get(t);
    }

    /** The m targets in order. */
    public List<String> targets() {
        return targets;
    }

    /**
     * The factors of one target in order, without alpha.
     *
     * @throws InvalidInputException that lists the targets there are
     */
    public List<String> factors(String target) {
        List<String> f = factors.get(target);
        if (f == null) {
            throw InvalidInputException.unknown("target", target, targets);
        }
        return f;
    }

    /** Whether every target has a state {@code alpha}. */
    public boolean hasIntercept() {
        return intercept;
    }

    /** Whether every exposure has a slope, a state of its own after the levels. */
    public boolean hasSlopes() {
        return slopes;
    }

    /** The K states. */
    public States states() {
        return states;
    }

    /** y of target i at date t; NaN = missing. */
    public double y(int t, int target) {
        return y[target][t];
    }

    /** Index of the target whose exposure state k is. */
    public int target(int state) {
        return owners[state];
    }

    /** H_t[target, state]: 1 for the target's alpha, the factor's value for its own exposures, 0 elsewhere and for slopes. */
    public double h(int t, int target, int state) {
        return owners[state] == target ? regressor(t, state) : 0;
    }

    /** What state k is multiplied with at date t, whichever target it belongs to: 1 for alpha, 0 for a slope, else its factor's value. */
    public double regressor(int t, int state) {
        if (state >= regressors.length) {
            return 0;
        }
        return regressors[state] == null ? 1 : regressors[state][t];
    }

    /** Whether state k is the slope of an exposure: y doesn't load on it. */
    public boolean isSlope(int state) {
        return state >= regressors.length;
    }

    /**
     * The same factors and dates with another y.
     *
     * @param columns m targets, n values each, NaN = missing; copied
     * @throws InvalidInputException another number of targets or dates, or a factor missing where y is present
     */
    public Sample withTargets(double[]... columns) {
        if (columns.length != targets.size()) {
            throw InvalidInputException.of("number of targets", columns.length, "there are " + targets.size(), "pass one column a target");
        }
        ReturnPanel other = panel;
        for (int i = 0; i < columns.length; i++) {
            other = other.withColumn(targets.get(i), columns[i]);
        }
        return new Sample(other, factors, intercept, slopes);
    }

    /** Any column of the panel behind the sample, one value a date; a copy. */
    public double[] column(String name) {
        return panel.column(name);
    }

    /** What was done to the data: {@link ReturnPanel#steps()}. */
    public List<String> steps() {
        return panel.steps();
    }

    /** What is to be known of its targets and factors: sentences, each once. */
    public List<String> warnings() {
        Set<String> columns = new LinkedHashSet<>(targets);
        factors.values().forEach(columns::addAll);
        return columns.stream().flatMap(column -> panel.warnings(column).stream()).distinct().toList();
    }

    /** Non-missing cells of y. */
    public int observations() {
        int n = 0;
        for (double[] column : y) {
            for (double value : column) {
                n += Double.isNaN(value) ? 0 : 1;
            }
        }
        return n;
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final ReturnPanel panel;
        private final Map<String, List<String>> factors = new LinkedHashMap<>();
        private boolean intercept;
        private boolean slopes;

        private Builder(ReturnPanel panel) {
            this.panel = panel;
        }

        /** Adds a target with its factors, in order. */
        public Builder target(String target, List<String> itsFactors) {
            if (factors.put(target, List.copyOf(itsFactors)) != null) {
                throw InvalidInputException.of("target", target, "it is there already", "name each target once");
            }
            return this;
        }

        /** Adds a state {@code alpha} per target, whose H is one. */
        public Builder intercept(boolean on) {
            intercept = on;
            return this;
        }

        /** Adds a state {@code slope:FACTOR} per exposure after all levels, whose H is zero: for a local linear trend. */
        public Builder slopes(boolean on) {
            slopes = on;
            return this;
        }

        /**
         * @throws InvalidInputException no target, no state, an unknown column, a target among its own factors, a factor
         *     twice, or a factor missing where its target is present (named with the date)
         */
        public Sample build() {
            if (factors.isEmpty()) {
                throw InvalidInputException.of("number of targets", 0, "a sample has at least one", "name a target");
            }
            factors.forEach((target, its) -> {
                if (its.contains(target)) {
                    throw InvalidInputException.of("factor", target, "it is the target itself", "take it out of the factors");
                }
                if (its.isEmpty() && !intercept) {
                    throw InvalidInputException.of("number of factors of " + target, 0, "there is nothing to estimate",
                            "name a factor or add an intercept");
                }
                if (Set.copyOf(its).size() < its.size() || intercept && its.contains(StateName.ALPHA)) {
                    throw InvalidInputException.of("factors of " + target, its, "every state must have a name of its own",
                            "name each factor once");
                }
            });
            return new Sample(panel, factors, intercept, slopes);
        }
    }
}
