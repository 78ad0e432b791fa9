package org.betadrift.likelihood;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.betadrift.estimation.ConvergenceRecord.Profile;

/**
 * Profile likelihoods: one parameter held at a value, the others at their best for it. Out to both sides until the log-likelihood has
 * fallen by half the 95 % quantile of chi-square, 1.92; that is where its interval ends.
 */
final class Profiles {
    private static final double FALL = 1.9207294103470827;
    private static final int OUTWARDS = 24;
    private static final int BISECTIONS = 10;

    private final Likelihood likelihood;
    private final Certificate top;
    private final Watch watch;
    private final int index;
    private final String name;
    private final TreeMap<Double, Double> curve = new TreeMap<>();
    private double[] others; // theta of the last climb, whole

    private Profiles(Certificate top, Likelihood likelihood, String name, Watch watch) {
        this.likelihood = likelihood;
        this.top = top;
        this.watch = watch;
        this.name = name;
        index = likelihood.names().indexOf(name);
    }

    static List<Profile> of(Likelihood likelihood, Certificate top, List<String> names, Watch watch) {
        List<Profile> profiles = new ArrayList<>();
        for (String name : names) {
            watch.says("profile likelihood of " + name);
            profiles.add(new Profiles(top, likelihood, name, watch).profile());
        }
        return profiles;
    }

    private Profile profile() {
        double best = top.theta()[index];
        curve.put(best, top.value());
        double upper = end(best, likelihood.upper(index), 1);
        double lower = end(best, likelihood.lower(index), -1);
        return new Profile(name, List.copyOf(curve.keySet()), List.copyOf(curve.values()), lower, upper);
    }

    /** @return where the curve has fallen enough, or the bound when it hasn't before */
    private double end(double best, double bound, int sign) {
        others = top.theta();
        if (best == bound) {
            return bound;
        }
        double step = Double.isFinite(top.error(index)) ? top.error(index) : best > 0 ? best : 1e-4 * top.objective().unit(index);
        double inside = best;
        double outside = Double.NaN;
        for (int i = 0; i < OUTWARDS && Double.isNaN(outside); i++) {
            double to = best + sign * step * Math.pow(2, i);
            boolean beyond = sign * to >= sign * bound;
            to = beyond ? bound : to;
            if (fallenAt(to)) {
                outside = to;
            } else if (beyond) {
                return bound;
            } else {
                inside = to;
            }
        }
        if (Double.isNaN(outside)) {
            return sign * Double.POSITIVE_INFINITY;
        }
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = 0.5 * (inside + outside);
            if (fallenAt(middle)) {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        return 0.5 * (inside + outside);
    }

    private boolean fallenAt(double held) {
        double there = valueAt(held);
        if (Double.isFinite(there)) {
            curve.put(held, there);
        }
        return !(there > top.value() - FALL);
    }

    private double valueAt(double held) {
        if (index >= likelihood.noises()) {
            return climb(likelihood.withPhi(index - likelihood.noises(), held), held);
        }
        Parameterisation rest = Parameterisations.fixed(likelihood.noise(), Map.of(name, held));
        return climb(likelihood.withNoise(rest), held);
    }

    private double climb(Likelihood rest, double held) {
        double[] start = new double[others.length - 1];
        for (int i = 0, j = 0; i < others.length; i++) {
            if (i != index) {
                start[j++] = others[i];
            }
        }
        if (start.length == 0) {
            return rest.value(start);
        }
        Objective f = Objective.of(rest);
        Optimum end = new ProjectedBfgs().from(f, f.coordinates(start), null, watch);
        likelihood.count(rest.evaluations());
        double[] theta = f.theta(end.u());
        for (int i = 0, j = 0; i < others.length; i++) {
            others[i] = i == index ? held : theta[j++];
        }
        return end.value();
    }
}
