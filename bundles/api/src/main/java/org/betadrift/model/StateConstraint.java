package org.betadrift.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * One row of A_t beta_t = c_t, in numbers: {@code a_t'beta_t  =, >= or <=  c_t}, or a gross limit {@code sum of |a_tk beta_tk| <= c_t}.
 * It holds on the observation dates: it is applied after the predict into date t and before y_t, and never counts in the
 * log-likelihood (Doran 1992), which is the sum over the dates of log p(y_t | y before t, constraints up to t). That is log p(y | constraints)
 * for a random walk under exact constraints of constant weights, where what a constraint says doesn't depend on the y before it; with
 * a tolerance, or weights that move, the two differ. The time-0 state isn't conditioned. Immutable.
 *
 * <p>Users write a constraint in words, which a run resolves to rows like this.
 */
public final class StateConstraint {
    /** What a row says. A filter takes {@link #EQUAL}; the others need an estimator of the whole path. */
    public enum Relation {
        /** a'beta = c, exactly or within a tolerance. */
        EQUAL("="),
        /** {@code a'beta >= c}. */
        AT_LEAST(">="),
        /** {@code a'beta <= c}. */
        AT_MOST("<="),
        /** {@code sum of |a_k beta_k| <= c}. */
        GROSS_AT_MOST("gross <=");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        @Override
        public String toString() {
            return sign;
        }
    }

    private final String expression;
    private final Relation relation;
    private final int states;
    private final double[] weights; // K, or n x K
    private final double[] values;  // one, or n
    private final double tolerance;

    private StateConstraint(String expression, Relation relation, int states, double[] weights, double[] values, double tolerance) {
        this.expression = Objects.requireNonNull(expression, "expression");
        this.relation = Objects.requireNonNull(relation, "relation");
        this.states = states;
        this.weights = weights;
        this.values = values;
        this.tolerance = tolerance;
        if (!(tolerance >= 0) || Double.isInfinite(tolerance) || tolerance > 0 && relation != Relation.EQUAL) {
            throw InvalidInputException.of("tolerance of " + expression, tolerance,
                    "only an equality has one, finite and not negative", "leave it out, or write a positive standard deviation");
        }
        for (int t = 0; t < Math.max(1, weights.length / Math.max(1, states)); t++) {
            double[] row = Arrays.copyOfRange(weights, t * states, (t + 1) * states);
            boolean isAbsent = periods() > 0 && relation == Relation.EQUAL && values[t] == 0; // 0 = 0: it isn't there on that date
            if (!isAbsent && Arrays.stream(row).allMatch(w -> w == 0)) {
                throw InvalidInputException.of("weights of " + expression + (periods() == 0 ? "" : " at t=" + t), Arrays.toString(row),
                        "they are all zero", "check the weights");
            }
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw InvalidInputException.of("right side of " + expression, value, "it must be finite", "write a number");
            }
        }
    }

    /**
     * The same on every date.
     *
     * @param expression the user's words, shown in errors and results
     * @param weights a, K
     * @param value c
     * @param tolerance standard deviation of a'beta - c, in units of a'beta; 0 = exact
     * @throws InvalidInputException weights all zero, a value that isn't finite, a tolerance that is negative or of an inequality
     */
    public static StateConstraint of(String expression, Relation relation, Vector weights, double value, double tolerance) {
        return new StateConstraint(expression, relation, weights.size(), weights.toArray(), new double[] {value}, tolerance);
    }

    /**
     * Weights and right sides of their own on every date. An equality isn't there on a date on which all of its weights and its right side are zero.
     *
     * @param weights n x K, a row a date
     * @param values c_t, n
     * @throws InvalidInputException as {@link #of}, or another number of values
     */
    public static StateConstraint varying(String expression, Relation relation, Matrix weights, Vector values, double tolerance) {
        if (values.size() != weights.rows()) {
            throw InvalidInputException.of("number of right sides of " + expression, values.size(),
                    "there are weights of " + weights.rows() + " dates", "pass one a date");
        }
        return new StateConstraint(expression, relation, weights.columns(), weights.toArray(), values.toArray(), tolerance);
    }

    /** As the user wrote it. */
    public String expression() {
        return expression;
    }

    /** Equality or which inequality. */
    public Relation relation() {
        return relation;
    }

    /** Whether a filter can take it. */
    public boolean isEquality() {
        return relation == Relation.EQUAL;
    }

    /** Whether it is an equality without tolerance. */
    public boolean isExact() {
        return isEquality() && tolerance == 0;
    }

    /** K. */
    public int dimension() {
        return states;
    }

    /** Dates held; 0 when it is the same on every date. */
    public int periods() {
        return values.length == 1 && weights.length == states ? 0 : values.length;
    }

    /** a_tk. */
    public double weight(int t, int state) {
        return weights[(periods() == 0 ? 0 : t * states) + state];
    }

    /** c_t. */
    public double value(int t) {
        return values[periods() == 0 ? 0 : t];
    }

    /** Whether it says anything on date t: not all of it is zero. */
    public boolean isPresent(int t) {
        for (int k = 0; k < states; k++) {
            if (weight(t, k) != 0) {
                return true;
            }
        }
        return false;
    }

    /** The same with another right side on every date: c_t + shift where it is present. */
    public StateConstraint shifted(double shift) {
        double[] moved = values.clone();
        for (int t = 0; t < moved.length; t++) {
            moved[t] += isPresent(t) ? shift : 0;
        }
        return new StateConstraint(expression, relation, states, weights.clone(), moved, tolerance);
    }

    /** The same on the first date alone. @param dates n */
    public StateConstraint onFirstDate(int dates) {
        double[] first = Arrays.copyOf(Arrays.copyOf(weights, states), dates * states);
        return new StateConstraint(expression, relation, states, first, Arrays.copyOf(Arrays.copyOf(values, 1), dates), tolerance);
    }

    /** Standard deviation; 0 = exact. */
    public double tolerance() {
        return tolerance;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof StateConstraint s && expression.equals(s.expression) && relation == s.relation && states == s.states
                && Arrays.equals(weights, s.weights) && Arrays.equals(values, s.values) && tolerance == s.tolerance;
    }

    @Override
    public int hashCode() {
        return Objects.hash(expression, relation, Arrays.hashCode(weights), Arrays.hashCode(values), tolerance);
    }

    /** The user's words. */
    @Override
    public String toString() {
        return expression;
    }
}
