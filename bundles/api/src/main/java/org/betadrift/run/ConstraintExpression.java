package org.betadrift.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateConstraint.Relation;
import org.betadrift.model.StateName;
import org.betadrift.model.Vector;

/**
 * A constraint on exposures in words: {@code sum=1}, {@code sum=1~0.01}, {@code 0.6*A+0.4*B=1}, {@code w1*A-B=0}, {@code A>=0},
 * {@code long-only}, {@code avg(MARKET; W1,W2)=1}; the grammar is in the package documentation. What is written is checked at once, its names and the
 * weights of a column when it meets a sample ({@link #rows}). Immutable.
 */
public final class ConstraintExpression {
    /** What stands left of the relation. */
    private enum Kind { SUM, GROSS, AVERAGE, TERMS, LONG_ONLY }

    /** A number, or the column that has one a date. */
    private record Weight(double number, String column) {
        double at(int t, double[] values) {
            return column == null ? number : number * values[t];
        }
    }

    /** @param state as users write it: FACTOR or FACTOR:TARGET */
    private record Term(Weight weight, String state) { }

    private final String text;
    private final Kind kind;
    private final String factor;      // of an average
    private final List<Weight> weights; // of an average
    private final List<Term> terms;
    private final Relation relation;
    private final Weight right;
    private final double tolerance;

    private ConstraintExpression(String text) {
        this.text = text.strip();
        ConstraintTokens in = new ConstraintTokens(this.text);
        List<Weight> its = new ArrayList<>();
        List<Term> all = new ArrayList<>();
        String of = null;
        if (in.takeAll("long-only")) {
            kind = Kind.LONG_ONLY;
        } else if (in.takeWord("sum") || in.takeWord("net")) {
            kind = Kind.SUM;
        } else if (in.takeWord("gross")) {
            kind = Kind.GROSS;
        } else if (in.takeCall("avg")) {
            kind = Kind.AVERAGE;
            of = in.name("a factor");
            in.require(";");
            do {
                its.add(weight(in, 1));
            } while (in.take(","));
            in.require(")");
        } else {
            kind = Kind.TERMS;
            terms(in, all);
        }
        factor = of;
        weights = List.copyOf(its);
        terms = List.copyOf(all);
        boolean shorthand = kind == Kind.LONG_ONLY;
        relation = shorthand ? Relation.AT_LEAST : relation(in, kind);
        right = shorthand ? new Weight(0, null) : weight(in, in.take("-") ? -1 : 1);
        boolean tolerant = in.take("~");
        tolerance = tolerant ? in.number("a tolerance") : 0;
        in.requireEnd();
        if (tolerant && (relation != Relation.EQUAL || !(tolerance > 0))) {
            throw in.refused(relation == Relation.EQUAL ? "a tolerance is a positive standard deviation" : "an inequality has no tolerance",
                    "write sum=1~0.01, or leave ~ out");
        }
    }

    private static void terms(ConstraintTokens in, List<Term> all) {
        double sign = in.take("-") ? -1 : 1;
        in.take("+");
        do {
            if (in.isNumber()) {
                double number = in.number("a weight");
                in.require("*");
                all.add(new Term(new Weight(sign * number, null), in.state()));
            } else {
                String first = in.state();
                all.add(in.take("*") ? new Term(new Weight(sign, first), in.state()) : new Term(new Weight(sign, null), first));
            }
            sign = in.take("-") ? -1 : in.take("+") ? 1 : 0;
        } while (sign != 0);
    }

    private static Weight weight(ConstraintTokens in, double sign) {
        return in.isNumber() ? new Weight(sign * in.number("a number"), null) : new Weight(sign, in.name("a number or a column"));
    }

    private static Relation relation(ConstraintTokens in, Kind kind) {
        if (in.take(">=")) {
            if (kind == Kind.GROSS) {
                throw in.refused("gross exposure has an upper limit only", "write gross<=1.5");
            }
            return Relation.AT_LEAST;
        }
        if (in.take("<=")) {
            return kind == Kind.GROSS ? Relation.GROSS_AT_MOST : Relation.AT_MOST;
        }
        if (kind == Kind.GROSS) {
            throw in.refused("gross exposure has an upper limit only", "write gross<=1.5");
        }
        in.require("=");
        return Relation.EQUAL;
    }

    /** @throws InvalidInputException the text isn't a constraint of the package's grammar; it shows where */
    public static ConstraintExpression parse(String text) {
        return new ConstraintExpression(text);
    }

    /** What it says of its left and right side. */
    public Relation relation() {
        return relation;
    }

    /** Standard deviation; 0 = exact. */
    public double tolerance() {
        return tolerance;
    }

    /** The data columns it takes weights or its right side from, in order. */
    public Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        terms.forEach(term -> columns.add(term.weight.column));
        weights.forEach(weight -> columns.add(weight.column));
        columns.add(right.column);
        columns.remove(null);
        return columns;
    }

    /**
     * In numbers: {@code sum}, {@code net} and {@code gross} are one row a target, over its factors, never alpha; {@code long-only} is
     * one row a factor of each target; all else is one row.
     *
     * @throws InvalidInputException an unknown state or column (lists those there are), a weight that is missing or weights that
     *     are all zero or, of an average, sum to zero (says on which date)
     */
    public List<StateConstraint> rows(Sample sample) {
        return switch (kind) {
            case SUM, GROSS -> sums(sample);
            case LONG_ONLY -> longOnly(sample);
            case AVERAGE -> List.of(row(sample, average(sample)));
            default -> List.of(row(sample, combination(sample)));
        };
    }

    private List<StateConstraint> sums(Sample sample) {
        List<StateConstraint> rows = new ArrayList<>();
        for (int target = 0; target < sample.targets().size(); target++) {
            double[] one = new double[sample.states().count()];
            int count = 0;
            for (int k = 0; k < one.length; k++) {
                one[k] = sample.target(k) == target && isExposure(sample, k) ? 1 : 0;
                count += (int) one[k];
            }
            if (count == 0) {
                throw InvalidInputException.of("constraint " + text, "over no exposure", sample.targets().get(target) + " has no factor",
                        "name the state it is about");
            }
            rows.add(row(sample, new double[][] {one}));
        }
        return rows;
    }

    private List<StateConstraint> longOnly(Sample sample) {
        List<StateConstraint> rows = new ArrayList<>();
        for (int k = 0; k < sample.states().count(); k++) {
            if (isExposure(sample, k)) {
                double[] one = new double[sample.states().count()];
                one[k] = 1;
                rows.add(row(sample, new double[][] {one}));
            }
        }
        if (rows.isEmpty()) {
            throw InvalidInputException.of("constraint " + text, "over no exposure", "no target has a factor", "name the state it is about");
        }
        return rows;
    }

    private static boolean isExposure(Sample sample, int state) {
        return !sample.isSlope(state) && !(sample.hasIntercept() && sample.states().names().get(state).factor().equals(StateName.ALPHA));
    }

    /** One row where every weight is a number, else one a date. */
    private double[][] combination(Sample sample) {
        int[] states = terms.stream().mapToInt(term -> sample.states().index(term.state)).toArray();
        double[][] columns = terms.stream().map(term -> column(sample, term.weight)).toArray(double[][]::new);
        double[][] rows = new double[dates(sample, columns)][sample.states().count()];
        for (int t = 0; t < rows.length; t++) {
            boolean zero = true;
            for (int i = 0; i < states.length; i++) {
                rows[t][states[i]] += terms.get(i).weight.at(t, columns[i]);
                zero &= terms.get(i).weight.at(t, columns[i]) == 0;
            }
            if (zero) {
                throw InvalidInputException.of("weights of " + text + when(sample, rows.length, t), "all zero", "nothing is said then",
                        "check " + (columns().isEmpty() ? "the numbers" : "the columns " + String.join(", ", columns())));
            }
        }
        return rows;
    }

    /** The same, the weights of each date divided by their sum. */
    private double[][] average(Sample sample) {
        List<Integer> states = new ArrayList<>();
        for (int k = 0; k < sample.states().count(); k++) {
            if (sample.states().names().get(k).factor().equals(factor)) {
                states.add(k);
            }
        }
        if (states.isEmpty()) {
            throw InvalidInputException.unknown("factor", factor, sample.states().names().stream().map(StateName::factor).distinct().toList());
        }
        if (states.size() != weights.size()) {
            throw InvalidInputException.of("number of weights of " + text, weights.size(), "there are " + states.size() + " targets with the factor "
                    + factor, "give one weight a target, in their order: " + states.stream().map(k -> sample.targets().get(sample.target(k))).toList());
        }
        double[][] columns = weights.stream().map(weight -> column(sample, weight)).toArray(double[][]::new);
        double[][] rows = new double[dates(sample, columns)][sample.states().count()];
        for (int t = 0; t < rows.length; t++) {
            double sum = 0;
            double size = 0;
            for (int i = 0; i < columns.length; i++) {
                sum += weights.get(i).at(t, columns[i]);
                size += Math.abs(weights.get(i).at(t, columns[i]));
            }
            if (!(Math.abs(sum) > 1e-12 * size)) {
                throw InvalidInputException.of("sum of the weights of " + text + when(sample, rows.length, t), sum, "an average divides by it",
                        "check " + (columns().isEmpty() ? "the numbers" : "the columns " + String.join(", ", columns())));
            }
            for (int i = 0; i < columns.length; i++) {
                rows[t][states.get(i)] = weights.get(i).at(t, columns[i]) / sum;
            }
        }
        return rows;
    }

    /** n where any weight is a column, else 1. */
    private static int dates(Sample sample, double[][] columns) {
        for (double[] column : columns) {
            if (column != null) {
                return sample.periods();
            }
        }
        return 1;
    }

    private static String when(Sample sample, int rows, int t) {
        return rows == 1 ? "" : " on " + sample.date(t);
    }

    /** Null for a number. */
    private double[] column(Sample sample, Weight weight) {
        if (weight.column == null) {
            return null;
        }
        double[] values = sample.column(weight.column);
        for (int t = 0; t < values.length; t++) {
            if (!Double.isFinite(values[t])) {
                throw InvalidInputException.of("column " + weight.column + " of " + text + " on " + sample.date(t),
                        Double.isNaN(values[t]) ? "missing" : values[t], "a constraint needs a number on every date", "fill the column");
            }
        }
        return values;
    }

    private StateConstraint row(Sample sample, double[][] rows) {
        double[] value = column(sample, right);
        boolean constant = rows.length == 1 && (value == null || sample.periods() == 1);
        if (constant) {
            return StateConstraint.of(text, relation, Vector.of(rows[0]), right.at(0, value), tolerance);
        }
        int n = sample.periods();
        int k = sample.states().count();
        double[] weightsByDate = new double[n * k];
        double[] values = new double[n];
        for (int t = 0; t < n; t++) {
            System.arraycopy(rows[rows.length == 1 ? 0 : t], 0, weightsByDate, t * k, k);
            values[t] = right.at(t, value);
        }
        return StateConstraint.varying(text, relation, Matrix.of(n, k, weightsByDate), Vector.of(values), tolerance);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ConstraintExpression c && text.equals(c.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As written; reads back by {@link #parse}. */
    @Override
    public String toString() {
        return text;
    }
}
