package org.betadrift.estimation;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;

/** The effective options of one strategy in one run: checked keys, typed getters. Immutable. */
public final class Options {
    /** Key of the single value of {@code NAME:VALUE}. */
    public static final String VALUE = "value";
    /** A variance that is not finite, as users write it. */
    private static final String INFINITE = "inf";
    /** Java would read {@code 1d} and {@code 0x1p3} too. */
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

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

    /** A finite number in [low, high]. @throws OptionException it is missing or isn't one */
    public double number(String key, double low, double high) {
        double x = parse(key, text(key));
        if (!(x >= low && x <= high)) {
            throw OptionException.wrong(owner, key, text(key),
                    high == Double.MAX_VALUE ? "it must be at least " + low : "it must lie in [" + low + ", " + high + "]");
        }
        return x;
    }

    /** A whole number in [low, high]. @throws OptionException it is missing or isn't one */
    public int whole(String key, int low, int high) {
        double x = parse(key, text(key));
        if (x != Math.rint(x) || !(x >= low && x <= high)) {
            throw OptionException.wrong(owner, key, text(key), "it must be a whole number "
                    + (high == Integer.MAX_VALUE ? "of at least " + low : "from " + low + " to " + high));
        }
        return (int) x;
    }

    /** One of some words. @throws OptionException it is missing or another one */
    public String oneOf(String key, String... words) {
        if (!List.of(words).contains(text(key))) {
            throw OptionException.wrong(owner, key, text(key), "it must be one of " + String.join(", ", words));
        }
        return text(key);
    }

    /** Finite numbers separated by commas, e.g. {@code 1e-4,1e-5}. @throws OptionException one is missing or isn't one */
    public double[] numbers(String key) {
        return Arrays.stream(text(key).split(",", -1)).mapToDouble(part -> parse(key, part)).toArray();
    }

    /**
     * Exactly {@code count} numbers.
     *
     * @param what what there are {@code count} of, for the message
     * @throws OptionException there are more or fewer
     */
    public double[] numbers(String key, int count, String what) {
        return requireCount(key, numbers(key), count, what);
    }

    private double[] requireCount(String key, double[] numbers, int count, String what) {
        if (numbers.length != count) {
            throw OptionException.wrong(owner, key, text(key), "it must have one number for each of " + what + " (" + count + ")");
        }
        return numbers;
    }

    /**
     * {@code count} rows of {@code count} numbers, e.g. {@code 1,0/0,1}.
     *
     * @param what what there are {@code count} of, for the message
     * @throws OptionException it has another shape
     */
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

    /**
     * A variance for each name, none negative; {@code inf} is one.
     *
     * @param kind what the names are, e.g. {@code states}
     * @throws OptionException there are more or fewer, or one is negative
     */
    public double[] variancesOrInfinite(String key, List<String> names, String kind) {
        return requireVariances(key, Arrays.stream(text(key).split(",", -1))
                .mapToDouble(part -> part.strip().equals(INFINITE) ? Double.POSITIVE_INFINITY : parse(key, part)).toArray(), names, kind);
    }

    /**
     * A variance for each name, none negative.
     *
     * @param kind what the names are, e.g. {@code states}
     * @throws OptionException there are more or fewer, or one is negative
     */
    public double[] variances(String key, List<String> names, String kind) {
        return requireVariances(key, numbers(key), names, kind);
    }

    private double[] requireVariances(String key, double[] variances, List<String> names, String kind) {
        requireCount(key, variances, names.size(), "the " + kind + " " + names);
        for (int i = 0; i < variances.length; i++) {
            if (variances[i] < 0) {
                throw OptionException.wrong(owner, key, text(key), "the variance of " + names.get(i) + " can't be negative");
            }
        }
        return variances;
    }

    /**
     * A covariance matrix over the names.
     *
     * @param kind what the names are, e.g. {@code states}
     * @throws OptionException it has another shape or isn't symmetric and positive semi-definite
     */
    public Covariance covariance(String key, List<String> names, String kind) {
        Matrix matrix = matrix(key, names.size(), "the " + kind + " " + names);
        try {
            return Covariance.of(matrix);
        } catch (InvalidInputException e) {
            throw OptionException.wrong(owner, key, text(key), "over the " + kind + " " + names + " " + e.getMessage());
        }
    }

    private double parse(String key, String number) {
        if (DECIMAL.matcher(number.strip()).matches() && Double.isFinite(Double.parseDouble(number.strip()))) {
            return Double.parseDouble(number.strip());
        }
        throw OptionException.wrong(owner, key, text(key), "\"" + number + "\" is no finite number");
    }

    /** The effective values, for the provenance. */
    public Map<String, String> asMap() {
        return values;
    }
}
