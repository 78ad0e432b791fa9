package org.betadrift.testkit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.betadrift.model.StateName;
import org.betadrift.testkit.RandomCase.Parameters;

/** Draws a {@link RandomCase}: first the model, then exposures and returns from it. */
final class CaseGenerator {
    private final long seed;
    private final Random random;
    private final int targets;
    private final int dates;
    private final Map<String, List<String>> loads = new LinkedHashMap<>();
    private final Map<StateName, Parameters> parameters = new LinkedHashMap<>();

    CaseGenerator(long seed, int targets, int dates) {
        this.seed = seed;
        this.random = new Random(seed * 1_000_003 + targets);
        this.targets = targets;
        this.dates = dates;
    }

    RandomCase draw() {
        boolean intercept = random.nextBoolean();
        Map<String, double[]> factors = factors(1 + random.nextInt(4));
        for (int i = 0; i < targets; i++) {
            String target = "y" + i;
            loads.put(target, factorsOf(target, factors.keySet()));
            String owner = targets == 1 ? "" : target;
            if (intercept) {
                parameters.put(new StateName(StateName.ALPHA, owner), new Parameters(1e-3 * random.nextGaussian(), 1e-4, 0, 1));
            }
            loads.get(target).forEach(factor -> parameters.put(new StateName(factor, owner), exposure()));
        }
        double noise = random.nextDouble(1e-5, 1e-3);
        Map<String, double[]> y = new LinkedHashMap<>();
        loads.keySet().forEach(target -> y.put(target, returns(target, factors, intercept, Math.sqrt(noise))));
        double[] variance = random.doubles(dates, noise / 2, noise * 2).toArray();
        String description = "seed " + seed + " (" + targets + " targets, " + factors.size() + " factors, " + dates + " dates)";
        return new RandomCase(description, weeks(), y, factors, variance, loads, intercept, seed % 3 == 1, parameters, noise);
    }

    private Map<String, double[]> factors(int count) {
        Map<String, double[]> factors = new LinkedHashMap<>();
        for (int k = 0; k < count; k++) {
            double size = Math.pow(10, random.nextDouble(-2.5, -1));
            factors.put("x" + k, IntStream.range(0, dates).mapToDouble(t -> size * (0.1 + random.nextGaussian())).toArray());
        }
        return factors;
    }

    /** The first target has them all, the others some. */
    private List<String> factorsOf(String target, Iterable<String> all) {
        List<String> its = new ArrayList<>();
        all.forEach(factor -> {
            if (its.isEmpty() || target.equals("y0") || random.nextBoolean()) {
                its.add(factor);
            }
        });
        return its;
    }

    private Parameters exposure() {
        double phi = seed % 3 == 2 ? random.nextDouble(0.9, 1) : 1;
        return new Parameters(random.nextDouble(-1, 1), random.nextDouble(0.1, 1), random.nextDouble(1e-4, 1e-2), phi);
    }

    private double[] returns(String target, Map<String, double[]> factors, boolean intercept, double deviation) {
        String owner = targets == 1 ? "" : target;
        double[] y = IntStream.range(0, dates).mapToDouble(t -> deviation * random.nextGaussian()).toArray();
        for (String factor : loads.get(target)) {
            Parameters p = parameters.get(new StateName(factor, owner));
            double beta = p.mean();
            for (int t = 0; t < dates; t++) {
                beta = p.phi() * beta + Math.sqrt(p.drift()) * random.nextGaussian();
                y[t] += beta * factors.get(factor)[t];
            }
        }
        for (int t = 0; t < dates && intercept; t++) {
            y[t] += parameters.get(new StateName(StateName.ALPHA, owner)).mean();
        }
        return y;
    }

    /** Fridays, with some left out. */
    private List<LocalDate> weeks() {
        List<LocalDate> weeks = new ArrayList<>();
        LocalDate date = LocalDate.of(2015, 1, 2);
        for (int t = 0; t < dates; t++) {
            weeks.add(date);
            date = date.plusWeeks(random.nextInt(10) == 0 ? 2 : 1);
        }
        return List.copyOf(weeks);
    }
}
