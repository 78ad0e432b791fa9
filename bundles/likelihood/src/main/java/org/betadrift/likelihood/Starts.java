package org.betadrift.likelihood;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where to climb from. */
final class Starts {
    private static final int SCORING_STEPS = 3;
    private static final double RISES_FROM = 1e-5;
    private static final double RISES_TO = 2e-2;
    private static final double[] DECADES = {1e-4, 1e-3, 1e-2, 1e-1, 1};

    /**
     * @param name as the record lists it
     * @param u coordinates
     * @param inverse of the information there, or null
     */
    record Start(String name, double[] u, double[][] inverse) { }

    private Starts() { }

    static List<Start> of(Objective f, Search search, Watch watch) {
        List<Start> starts = new ArrayList<>();
        search.userStarts().forEach((name, theta) -> starts.add(scored(f, name, f.coordinates(theta), watch, SCORING_STEPS)));
        starts.add(fromZero(f, watch));
        if (search.starts() > 1) {
            // another place, but what the information says of the coordinates' scales holds here too
            starts.add(new Start("s = 0.001", f.level(1e-3), starts.get(starts.size() - 1).inverse()));
        }
        Random random = new Random(search.seed());
        for (int i = 2; i < search.starts(); i++) {
            starts.add(new Start("random " + (i - 1), random(f, random), null));
        }
        return starts;
    }

    /**
     * Up the axis of each variance at zero, the others held: the highest place that lies above the one before it, or null when the likelihood only falls.
     *
     * @param theta in the data's units
     */
    static Start aboveZero(Objective f, double[] theta) {
        if (f.numeraire() >= 0 && theta[f.numeraire()] == 0) {
            return null;
        }
        double[] u = f.coordinates(theta);
        List<Integer> zeros = zeros(f, u);
        return rise(f, u, zeros.stream().map(List::of).toList());
    }

    /**
     * Up from zero with two variances at once, or all: of a diagonal Q exact constraints leave Q - QA'(AQA')^-1 AQ, q1 q2 / (q1 + q2) of two
     * exposures whose sum is given, which is zero on every axis and not between them.
     *
     * @param theta in the data's units
     */
    static Start aboveZeroTogether(Objective f, double[] theta) {
        if (f.numeraire() >= 0 && theta[f.numeraire()] == 0) {
            return null;
        }
        double[] u = f.coordinates(theta);
        List<Integer> zeros = zeros(f, u);
        List<List<Integer>> sets = new ArrayList<>();
        for (int i = 0; i < zeros.size(); i++) {
            for (int j = 0; j < i; j++) {
                sets.add(List.of(zeros.get(j), zeros.get(i)));
            }
        }
        if (zeros.size() > 2) {
            sets.add(zeros);
        }
        return rise(f, u, sets);
    }

    private static List<Integer> zeros(Objective f, double[] u) {
        return IntStream.range(0, u.length).filter(i -> f.isVariance(i) && u[i] == 0).boxed().toList();
    }

    private static Start rise(Objective f, double[] u, List<List<Integer>> sets) {
        if (sets.isEmpty()) {
            return null;
        }
        Start best = null;
        double most = Double.NEGATIVE_INFINITY;
        double here = f.value(u);
        for (List<Integer> set : sets) {
            double[] at = u.clone();
            double before = here;
            for (double s = RISES_FROM; s < RISES_TO; s *= Math.sqrt(10)) {
                for (int i : set) {
                    at[i] = s;
                }
                double there = f.value(at);
                if (there > before && there > most) {
                    most = there;
                    best = new Start(set.stream().map(f.likelihood().names()::get).collect(Collectors.joining(" and ")) + " above zero", at.clone(), null);
                }
                before = there;
            }
        }
        return best;
    }

    /** Where every direction is blind at zero (a Cholesky factor) or the engine has no information matrix: the best of five levels. */
    private static Start fromZero(Objective f, Watch watch) {
        if (f.hasInformation() && hasVariance(f)) {
            return scored(f, "scoring from zero", f.level(0), watch, SCORING_STEPS);
        }
        double[] best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (double s : DECADES) {
            double[] u = f.level(s);
            double value = f.value(u);
            if (best == null || value > most) {
                best = u;
                most = value;
            }
        }
        return new Start("best of five levels", best, null);
    }

    private static boolean hasVariance(Objective f) {
        for (int i = 0; i < f.likelihood().noises(); i++) {
            if (!f.isVariance(i) && i != f.numeraire()) {
                return false;
            }
        }
        return true;
    }

    /** Some steps of scoring first, where the engine can: they leave flat country, where a logarithm has no slope. */
    private static Start scored(Objective f, String name, double[] u, Watch watch, int steps) {
        if (!f.hasInformation() || !hasVariance(f) || f.value(u) == Double.NEGATIVE_INFINITY) {
            return new Start(name, u, null);
        }
        FisherScoring scoring = new FisherScoring(f, u, watch).steps(steps);
        return new Start(name, scoring.coordinates(), scoring.inverse());
    }

    private static double[] random(Objective f, Random random) {
        double[] u = f.level(1e-3);
        for (int i = 0; i < u.length; i++) {
            double s = Math.exp(Math.log(1e-6) + (Math.log(10) - Math.log(1e-6)) * random.nextDouble());
            if (f.isVariance(i)) {
                u[i] = Math.min(f.upper(i), Math.max(f.lower(i), s));
            } else if (i != f.numeraire() && f.likelihood().degree(i) > 0) {
                u[i] = Math.sqrt(s) * (random.nextBoolean() ? 1 : -1);
            }
        }
        return u;
    }
}
