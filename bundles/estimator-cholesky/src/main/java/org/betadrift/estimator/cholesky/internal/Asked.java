package org.betadrift.estimator.cholesky.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.Options;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.StateName;

/** What a run asks for. Every option that is declared is read, so that nonsense is refused. */
final class Asked {
    private static final String[] SHAPES = {"full", "diagonal", "zero", "low-rank", "shared"};
    /** X = 1 is a W of this times V over the mean square of the factor. */
    private static final double UNIT = 0.01;

    private final Options options;
    private final Sample sample;

    Asked(EstimationContext context) {
        options = context.options();
        sample = context.sample();
    }

    /** @throws InvalidInputException an option or the data don't allow it */
    Family family() {
        boolean[][] zero = zero();
        Map<String, String> shapes = shapes(); // read before anything is worked out
        int rank = options.whole("rank", 1, Integer.MAX_VALUE);
        if (rank > 1 && !shapes.containsValue("low-rank")) {
            throw InvalidInputException.of("option rank", rank, "no factor has a state noise of low rank", "say state=low-rank or low-rank=FACTOR, or leave rank out");
        }
        Residuals residuals = Residuals.of(sample);
        double[][] deviations = residuals.deviations();
        boolean anyZero = Arrays.stream(zero).anyMatch(row -> indexOfTrue(row) >= 0);
        double[][] s = anyZero ? deviations : residuals.factor();
        List<Drift> drifts = new ArrayList<>();
        List<Drift.Place> shared = new ArrayList<>();
        for (Map.Entry<String, String> one : shapes.entrySet()) {
            Drift.Place place = place(one.getKey());
            switch (one.getValue()) {
                case "full" -> drifts.add(Drift.full(whitening(s, place), List.of(place), place.states().length));
                case "low-rank" -> drifts.add(Drift.full(whitening(s, place), List.of(place), Math.min(rank, place.states().length)));
                case "diagonal" -> drifts.add(Drift.diagonal(Dense.corner(deviations, targets(place)), place));
                case "shared" -> shared.add(place);
                default -> { }
            }
        }
        if (!shared.isEmpty()) {
            for (Drift.Place place : shared) {
                if (!Arrays.equals(targets(place), targets(shared.get(0)))) {
                    throw InvalidInputException.of("state noise of " + place.factor(), "shared with " + shared.get(0).factor(),
                            "they are factors of different targets", "share W among factors of the same targets");
                }
            }
            drifts.add(Drift.full(whitening(s, shared.get(0)), shared, shared.get(0).states().length));
        }
        Family family = new Family(sample, new Observation(s, zero), drifts);
        if (family.freedom() > sample.observations()) {
            throw InvalidInputException.of("number of free parameters", family.freedom(), "the sample has only " + sample.observations() + " returns",
                    "use state=diagonal, low-rank or shared, or observation=diagonal, or hold factors constant (zero=FACTOR)");
        }
        return family;
    }

    int starts() {
        return options.whole("starts", 1, 1000);
    }

    long seed() {
        return (long) options.number("seed", -9e15, 9e15);
    }

    /** theta of the option {@code start}; null for none. */
    double[] start(Family family) {
        if (!options.has("start")) {
            return null;
        }
        double[] numbers = options.numbers("start");
        int count = Starts.count(family);
        if (numbers.length == 1) {
            double every = numbers[0];
            numbers = new double[count];
            Arrays.fill(numbers, every);
        }
        if (numbers.length != count) {
            throw InvalidInputException.of("option start", options.text("start"), "there are " + count + " Cholesky entries: of V row by row, then of every free W",
                    "give one number for all, or " + count);
        }
        if (!Starts.isRegular(family, numbers)) {
            throw InvalidInputException.of("option start", options.text("start"), "a zero on the diagonal of the Cholesky factor makes V singular", "give another number");
        }
        return Starts.users(family, numbers);
    }

    /** Which entries of V, below its diagonal, are zero. */
    private boolean[][] zero() {
        int m = sample.targets().size();
        boolean diagonal = options.oneOf("observation", "full", "diagonal").equals("diagonal");
        boolean[][] zero = new boolean[m][m];
        for (int i = 0; i < m; i++) {
            Arrays.fill(zero[i], 0, i, diagonal);
        }
        if (options.has("uncorrelated")) {
            for (String pair : split(options.text("uncorrelated"), ',')) {
                List<String> two = split(pair, '/').stream().map(Asked::unbracketed).toList();
                if (two.size() != 2 || two.get(0).equals(two.get(1))) {
                    throw InvalidInputException.of("option uncorrelated", options.text("uncorrelated"), "it must have pairs of different targets", "write A/B,C/D");
                }
                int a = target(two.get(0));
                int b = target(two.get(1));
                zero[Math.max(a, b)][Math.min(a, b)] = true;
            }
        }
        return zero;
    }

    private int target(String name) {
        int i = sample.targets().indexOf(name);
        if (i < 0) {
            throw InvalidInputException.unknown("target", name, sample.targets());
        }
        return i;
    }

    /** By factor, in the order of the states. */
    private Map<String, String> shapes() {
        String all = options.oneOf("state", SHAPES);
        boolean alphaFree = options.oneOf("alpha", "static", "free").equals("free");
        Set<String> factors = new LinkedHashSet<>();
        sample.states().names().forEach(state -> factors.add(state.factor()));
        Map<String, String> shapes = new LinkedHashMap<>();
        for (String factor : factors) {
            boolean still = sample.hasIntercept() && factor.equals(StateName.ALPHA) && !alphaFree;
            shapes.put(factor, still ? "zero" : all);
        }
        Set<String> named = new LinkedHashSet<>();
        for (String shape : SHAPES) {
            for (String factor : options.has(shape) ? split(options.text(shape), ',').stream().map(Asked::unbracketed).toList() : List.<String>of()) {
                if (!factors.contains(factor)) {
                    throw InvalidInputException.unknown("factor", factor, factors);
                }
                if (!named.add(factor)) {
                    throw InvalidInputException.of("shape of the state noise of " + factor, shape, "another is given too", "name each factor once");
                }
                shapes.put(factor, shape);
            }
        }
        return shapes;
    }

    /** Splits outside brackets. */
    private static List<String> split(String text, char at) {
        return Arrays.asList(text.split(at + "(?![^\\[]*\\])", -1));
    }

    /** {@code [Mkt-RF]} is how a name is written that could be misread. */
    private static String unbracketed(String name) {
        String bare = name.strip();
        return bare.startsWith("[") && bare.endsWith("]") ? bare.substring(1, bare.length() - 1) : bare;
    }

    private static int indexOfTrue(boolean[] row) {
        for (int j = 0; j < row.length; j++) {
            if (row[j]) {
                return j;
            }
        }
        return -1;
    }

    private Drift.Place place(String factor) {
        List<Integer> states = new ArrayList<>();
        for (int k = 0; k < sample.states().count(); k++) {
            if (sample.states().names().get(k).factor().equals(factor)) {
                states.add(k);
            }
        }
        int[] its = states.stream().mapToInt(Integer::intValue).toArray();
        return new Drift.Place(factor, its, UNIT / meanSquare(its[0]));
    }

    private int[] targets(Drift.Place place) {
        return Arrays.stream(place.states()).map(sample::target).toArray();
    }

    /** Of a factor over all dates; a slope has that of its level. */
    private double meanSquare(int state) {
        int column = state;
        if (sample.isSlope(state)) {
            StateName slope = sample.states().names().get(state);
            column = sample.states().names().indexOf(new StateName(slope.factor().substring(StateName.SLOPE.length()), slope.target()));
        }
        double sum = 0;
        int n = 0;
        for (int t = 0; t < sample.periods(); t++) {
            double x = sample.regressor(t, column);
            if (!Double.isNaN(x)) {
                sum += x * x;
                n++;
            }
        }
        return sum > 0 ? sum / n : 1;
    }

    /** The Cholesky factor of V's corner over the targets that have the factor. */
    private double[][] whitening(double[][] s, Drift.Place place) {
        int[] targets = targets(place);
        return targets.length == s.length ? s : Dense.cholesky(Dense.corner(Dense.square(s), targets));
    }
}
