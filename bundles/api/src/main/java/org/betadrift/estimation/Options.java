package org.betadrift.estimation;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.betadrift.model.Matrix;

/** The effective options of one strategy in one run: checked keys, typed getters. Immutable. */
public final class Options {
    /** Key of the single value of {@code NAME:VALUE}. */
    public static final String VALUE = "value";

    private final String owner;
    private final Map<String, String> values;

    private Options(String owner, Map<String, String> values) {
        this.owner = owner;
        this.values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * Declared defaults, overridden by configuration, overridden by the run.
     *
     * @param owner the strategy's name, for messages
     * @param declared as in {@link Strategy#options()}
     * @param configured service properties; only declared keys are read
     * @param requested the run's own
     * @throws OptionException a requested key isn't declared (lists those that are)
     */
    public static Options merge(String owner, String[] declared, Map<String, ?> configured, Map<String, String> requested) {
        Map<String, String> values = new TreeMap<>();
        Set<String> keys = new TreeSet<>();
        for (String declaration : declared) {
            String[] keyAndDefault = declaration.split("=", 2);
            String key = keyAndDefault[0];
            keys.add(key);
            if (configured.get(key) != null) {
                values.put(key, text(configured.get(key)));
            } else if (keyAndDefault.length == 2) {
                values.put(key, keyAndDefault[1]);
            }
        }
        requested.forEach((key, value) -> {
            if (!keys.contains(key)) {
                throw OptionException.undeclared(owner, key, keys);
            }
            values.put(key, value);
        });
        return new Options(owner, values);
    }

    /** As a user would write it: a whole number has no point. */
    private static String text(Object configured) {
        return configured instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e15 ? String.valueOf(d.longValue()) : String.valueOf(configured);
    }

    /** No option declared, none given. */
    public static Options none(String owner) {
        return new Options(owner, Map.of());
    }

    /** Whether run, configuration or declaration gives a value. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** @throws OptionException when neither run, configuration nor declaration gives a value */
    public String text(String key) {
        String v = values.get(key);
        if (v == null) {
            throw new OptionException("option " + key + " of " + owner + " has no default: write "
                    + (key.equals(VALUE) ? owner + ":..." : owner + ":" + key + "=..."));
        }
        return v;
    }

    /** A finite number in [low, high]. */
    public double number(String key, double low, double high) {
        double x = parse(key, text(key));
        if (!(x >= low && x <= high)) {
            throw OptionException.wrong(owner, key, text(key), "it must lie in [" + low + ", " + high + "]");
        }
        return x;
    }

    /** Finite numbers separated by commas, e.g. {@code 1e-4,1e-5}. */
    public double[] numbers(String key) {
        return Arrays.stream(text(key).split(",", -1)).mapToDouble(part -> parse(key, part)).toArray();
    }

    /** Exactly {@code count} numbers. @param what what there are {@code count} of, for the message */
    public double[] numbers(String key, int count, String what) {
        double[] numbers = numbers(key);
        if (numbers.length != count) {
            throw OptionException.wrong(owner, key, text(key), "it must have one number for each of " + what + " (" + count + ")");
        }
        return numbers;
    }

    /** {@code count} rows of {@code count} numbers, e.g. {@code 1,0/0,1}. @param what what there are {@code count} of */
    public Matrix matrix(String key, int count, String what) {
        String[] rows = text(key).split("/", -1);
        double[] all = Arrays.stream(rows).flatMapToDouble(row -> Arrays.stream(row.split(",", -1)).mapToDouble(part -> parse(key, part))).toArray();
        boolean square = rows.length == count && Arrays.stream(rows).allMatch(row -> row.split(",", -1).length == count);
        if (!square) {
            throw OptionException.wrong(owner, key, text(key),
                    "it must have one row, and one number in each row, for each of " + what + " (" + count + " x " + count + ", rows separated by /)");
        }
        return Matrix.of(count, count, all);
    }

    private double parse(String key, String number) {
        try {
            double x = Double.parseDouble(number.strip());
            if (Double.isFinite(x)) {
                return x;
            }
        } catch (NumberFormatException e) {
            // the message below serves both
        }
        throw OptionException.wrong(owner, key, text(key), "\"" + number + "\" is no finite number");
    }

    /** The effective values, for the provenance. */
    public Map<String, String> asMap() {
        return values;
    }
}
