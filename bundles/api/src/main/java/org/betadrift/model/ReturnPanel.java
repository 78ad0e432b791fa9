package org.betadrift.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Named numeric columns on strictly ascending dates; NaN = missing, infinities refused. A period is dated by its end.
 * A column may be known but unreadable (text in a file, say): it fails only when somebody asks for it.
 */
public final class ReturnPanel {
    private final List<LocalDate> dates;
    private final List<String> names;
    private final Map<String, double[]> columns;
    private final Map<String, String> unreadable;
    private final Map<String, List<String>> warnings;
    private final List<String> steps;

    private ReturnPanel(Builder b) {
        dates = b.dates;
        names = List.copyOf(b.names);
        columns = Map.copyOf(b.columns);
        unreadable = Map.copyOf(b.unreadable);
        warnings = Map.copyOf(b.warnings);
        steps = List.copyOf(b.steps);
    }

    /** @throws InvalidInputException the dates don't ascend */
    public static Builder builder(List<LocalDate> dates) {
        return new Builder(dates);
    }

    /** n, strictly ascending. */
    public List<LocalDate> dates() {
        return dates;
    }

    /** Every column, the unreadable ones too, in the order they were added. */
    public List<String> names() {
        return names;
    }

    /** What was done to make this panel, a few words each, in order: files read, dates cut, periods, arithmetic. */
    public List<String> steps() {
        return steps;
    }

    /** What the user of a column should know of it, sentences; empty for most. */
    public List<String> warnings(String column) {
        return warnings.getOrDefault(column, List.of());
    }

    /**
     * @return a copy, one value a date, NaN where missing
     * @throws InvalidInputException there is no such column (lists those there are), or it could not be read (says why)
     */
    public double[] column(String name) {
        return values(name).clone();
    }

    private double[] values(String name) {
        double[] c = columns.get(name);
        if (c != null) {
            return c;
        }
        if (unreadable.containsKey(name)) {
            throw new InvalidInputException(unreadable.get(name));
        }
        throw InvalidInputException.unknown("column", name, names());
    }

    /**
     * The same panel with {@code subtract} taken off each of the named columns, date by date (excess returns). Missing where
     * one of the two is.
     *
     * @throws InvalidInputException a column isn't there or can't be read, or a difference is infinite
     */
    public ReturnPanel minus(String subtract, Collection<String> from) {
        double[] s = values(subtract);
        return mapped(from, (value, t) -> value - s[t], subtract + " taken off " + String.join(", ", from));
    }

    /**
     * The same panel with the named columns multiplied; what is missing stays missing.
     *
     * @param by for example 100, for percent
     * @throws InvalidInputException a column isn't there or can't be read, or a product is infinite
     */
    public ReturnPanel scaled(double by, Collection<String> names) {
        return mapped(names, (value, t) -> value * by, String.join(", ", names) + " times " + by);
    }

    /**
     * The same panel with another column in the place of one it has.
     *
     * @param values one a date, NaN = missing; copied
     * @throws InvalidInputException it isn't there or can't be read, or a value is infinite
     */
    public ReturnPanel withColumn(String name, double... values) {
        if (values.length != dates.size()) {
            throw InvalidInputException.of("length of " + name, values.length, "there are " + dates.size() + " dates", "pass one value a date");
        }
        return mapped(List.of(name), (old, t) -> values[t], "another " + name);
    }

    /**
     * The same panel without the rows after the first ones; steps and warnings stay.
     *
     * @throws InvalidInputException there aren't that many
     */
    public ReturnPanel first(int rows) {
        if (rows < 0 || rows > dates.size()) {
            throw InvalidInputException.of("number of rows", rows, "the panel has " + dates.size(), "pass 0 to " + dates.size());
        }
        Builder b = builder(dates.subList(0, rows));
        steps.forEach(b::step);
        for (String name : names) {
            warnings(name).forEach(sentence -> b.warning(name, sentence));
            if (unreadable.containsKey(name)) {
                b.unreadable(name, unreadable.get(name));
            } else {
                b.column(name, Arrays.copyOf(values(name), rows));
            }
        }
        return b.build();
    }

    private ReturnPanel mapped(Collection<String> which, Change change, String step) {
        which.forEach(this::values); // an unknown or unreadable one fails here
        Builder b = builder(dates);
        steps.forEach(b::step);
        b.step(step);
        for (String name : names) {
            warnings(name).forEach(sentence -> b.warning(name, sentence));
            if (unreadable.containsKey(name)) {
                b.unreadable(name, unreadable.get(name));
                continue;
            }
            double[] v = column(name);
            for (int t = 0; t < v.length && which.contains(name); t++) {
                v[t] = change.apply(v[t], t);
            }
            b.column(name, v);
        }
        return b.build();
    }

    /** What becomes of a value at date t. */
    private interface Change {
        double apply(double value, int t);
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final List<LocalDate> dates;
        private final Set<String> names = new LinkedHashSet<>();
        private final Map<String, double[]> columns = new HashMap<>();
        private final Map<String, String> unreadable = new HashMap<>();
        private final Map<String, List<String>> warnings = new HashMap<>();
        private final List<String> steps = new ArrayList<>();

        private Builder(List<LocalDate> dates) {
            this.dates = List.copyOf(dates);
            for (int t = 1; t < this.dates.size(); t++) {
                if (!this.dates.get(t).isAfter(this.dates.get(t - 1))) {
                    throw InvalidInputException.of("date " + t, this.dates.get(t), "it must come after " + this.dates.get(t - 1),
                            "sort the rows and drop duplicates");
                }
            }
        }

        /**
         * @param values one a date, NaN = missing; copied
         * @throws InvalidInputException a wrong length, an infinite value, a name that is there already
         */
        public Builder column(String name, double... values) {
            requireNew(name);
            if (values.length != dates.size()) {
                throw InvalidInputException.of("length of " + name, values.length, "there are " + dates.size() + " dates", "pass one value a date");
            }
            for (int t = 0; t < values.length; t++) {
                if (Double.isInfinite(values[t])) {
                    throw InvalidInputException.of(name + " on " + dates.get(t), values[t], "it must be finite or missing", "check the data");
                }
            }
            names.add(name);
            columns.put(name, values.clone());
            return this;
        }

        /** A column that is there but holds something that is no number. @param why one line, with file and line */
        public Builder unreadable(String name, String why) {
            requireNew(name);
            names.add(name);
            unreadable.put(name, why);
            return this;
        }

        /** What was done to the data, a few words; shown in every report. */
        public Builder step(String words) {
            steps.add(words);
            return this;
        }

        /** What whoever uses this column should know, a sentence; shown in every report of a run that does. */
        public Builder warning(String column, String sentence) {
            warnings.merge(column, List.of(sentence), (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
            return this;
        }

        private void requireNew(String name) {
            if (names.contains(name)) {
                throw InvalidInputException.of("column name", name, "there is a column of that name already", "rename one of them");
            }
        }

        /** May be used again afterwards. */
        public ReturnPanel build() {
            return new ReturnPanel(this);
        }
    }
}
