package org.betadrift.likelihood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.ConvergenceRecord.Mode;
import org.betadrift.estimation.ConvergenceRecord.Parameter;
import org.betadrift.estimation.ConvergenceRecord.Profile;
import org.betadrift.estimation.ConvergenceRecord.Score;
import org.betadrift.likelihood.Certificate.Place;
import org.betadrift.model.Covariance;
import org.betadrift.model.StateConstraint;

/** From the evidence to a sentence a person can act on. */
final class Findings {
    /** R this much smaller than the mean square of y is rounding. */
    private static final double PERFECT = 1e-22;
    /** A variance this many times R isn't going to stop growing. */
    private static final double UNBOUNDED = 1e7;
    private static final String FREE_NOISE = "use state=full: its parameters are the noise that the constraint leaves";
    private static final String FEWER = "let fewer states move, or tie them";
    private static final String EXACT_INSTEAD = "a constraint with a small tolerance hides it: write the constraint without ~ and use state=full, whose parameters"
            + " are the noise that it leaves, or let fewer states move, and compare likelihoods instead of variances";

    private final Likelihood likelihood;
    private final Certificate certificate;
    private final List<Peak> peaks;
    private final boolean inBudget;
    private final List<String> names;
    private final List<String> atZero = new ArrayList<>();
    private final List<String> moving = new ArrayList<>();
    private final List<String> unbounded = new ArrayList<>();
    private final List<String> atBound = new ArrayList<>();
    private final List<String> pushing = new ArrayList<>();

    Findings(Likelihood likelihood, Certificate certificate, List<Peak> peaks, boolean inBudget) {
        this.likelihood = likelihood;
        this.certificate = certificate;
        this.peaks = peaks;
        this.inBudget = inBudget;
        names = likelihood.names();
        for (int i = 0; i < names.size(); i++) {
            sort(i);
        }
    }

    private void sort(int i) {
        boolean numeraire = i == certificate.objective().numeraire();
        if (certificate.place(i) == Place.ZERO) {
            atZero.add(names.get(i));
            if (certificate.multiplierInUnits(i) > tolerance()) {
                pushing.add(names.get(i));
            }
        } else if (certificate.place(i) != Place.INSIDE) {
            atBound.add(names.get(i) + " sits at its " + (certificate.place(i) == Place.LOWEST ? "lower" : "upper") + " bound "
                    + number(certificate.theta()[i]) + (i >= likelihood.noises() && certificate.place(i) == Place.HIGHEST ? ", a random walk" : ""));
        } else if (likelihood.isVariance(i) && !numeraire && (certificate.inUnits(i) > UNBOUNDED || certificate.doesNotFallBeyond(i))) {
            unbounded.add(names.get(i));
        }
        if (i < likelihood.noises() && isOfStates(i) && certificate.theta()[i] != 0) {
            moving.add(names.get(i));
        }
    }

    private boolean isOfStates(int i) {
        return !names.get(i).equals("R") && !names.get(i).startsWith("R[");
    }

    private double tolerance() {
        return likelihood.score() == Score.ANALYTIC ? 1e-3 : 0.1;
    }

    ConvergenceRecord record(List<Profile> profiles) {
        boolean perfect = isPerfect();
        double gradient = certificate.gradientNorm();
        boolean steep = !(gradient <= tolerance()) || !pushing.isEmpty();
        boolean converged = inBudget && !perfect && unbounded.isEmpty() && !steep;
        String verdict = perfect ? "no maximum: the targets are an exact combination of the factors, so that the likelihood grows without end as "
                + "R goes to zero"
                : !unbounded.isEmpty() ? "no maximum: the likelihood keeps rising, ever less, as " + list(unbounded) + grows(unbounded) + " without end"
                : !inBudget ? "stopped after " + likelihood.evaluations() + " evaluations, before a maximum was reached"
                : steep ? "no maximum: the search stopped where the likelihood still rises"
                        + (pushing.isEmpty() ? " (derivative " + number(gradient) + ")" : " as " + list(pushing) + grows(pushing) + " from zero")
                : maximum();
        return ConvergenceRecord.builder(converged, verdict).suggestion(suggestion(perfect, steep))
                .parameters(parameters()).modes(modes()).profiles(profiles)
                .work(likelihood.evaluations(), likelihood.score())
                .certificate(gradient, certificate.condition()).build();
    }

    private static String grows(List<String> its) {
        return its.size() == 1 ? " grows" : " grow";
    }

    private boolean isPerfect() {
        if (Double.isInfinite(certificate.value())) {
            return true;
        }
        boolean any = false;
        for (int i = 0; i < likelihood.noises(); i++) {
            if (!isOfStates(i)) {
                any = true;
                if (certificate.theta()[i] > PERFECT * certificate.objective().unit(i)) {
                    return false;
                }
            } else if (certificate.theta()[i] > PERFECT * certificate.objective().unit(i)) {
                return false;
            }
        }
        return any;
    }

    private String maximum() {
        Peak best = peaks.get(0);
        int starts = peaks.stream().mapToInt(p -> p.starts().size()).sum();
        StringBuilder s = new StringBuilder("a maximum, reached from ").append(best.starts().size()).append(" of ").append(starts)
                .append(starts == 1 ? " start" : " starts");
        if (peaks.size() > 1) {
            Peak second = peaks.get(1);
            s.append(" (").append(list(second.startNames())).append(" ended at another one, ").append(number(best.value() - second.value()))
                    .append(" lower)");
        }
        List<String> states = atZero.stream().filter(name -> !name.equals("R") && !name.startsWith("R[")).toList();
        List<String> observed = atZero.stream().filter(name -> !states.contains(name)).toList();
        if (!states.isEmpty() && moving.isEmpty()) {
            s.append("; every state variance is exactly zero: the exposures are constant");
        } else if (!states.isEmpty()) {
            s.append("; ").append(list(states)).append(states.size() == 1 ? " is" : " are").append(" exactly zero: ")
                    .append(list(states.stream().map(Findings::state).toList())).append(states.size() == 1 ? " doesn't" : " don't").append(" drift");
        }
        if (!observed.isEmpty()) {
            s.append("; ").append(list(observed)).append(" is exactly zero: the drift explains every return");
        }
        atBound.forEach(sentence -> s.append("; ").append(sentence));
        if (!certificate.flatDirection().isEmpty()) {
            s.append("; it is flat in the direction ").append(certificate.flatDirection());
        }
        return s.toString();
    }

    private String suggestion(boolean perfect, boolean steep) {
        if (perfect) {
            return "take out a factor that is part of the target, or give R";
        }
        if (!unbounded.isEmpty()) {
            String flat = "the likelihood is flat in the direction " + list(unbounded) + ": ";
            return flat + underConstraints("tie or fix it, or leave out a factor, and compare likelihoods instead of variances");
        }
        if (!inBudget) {
            return "allow more evaluations, or let fewer states move";
        }
        if (steep) {
            return likelihood.score() == Score.ANALYTIC ? "try more starts, or another optimiser" : "use an engine that has a score";
        }
        if (!certificate.flatDirection().isEmpty()) {
            return "the likelihood is flat in the direction " + certificate.flatDirection() + ": " + (isCholesky() ? FEWER : underConstraints(FEWER));
        }
        if (peaks.size() > 1 && peaks.get(0).starts().size() == 1) {
            return "try more starts: only one reached this maximum";
        }
        List<String> still = atZero.stream().filter(name -> name.startsWith("Q[")).map(Findings::state).toList();
        if (atZero.stream().anyMatch(name -> name.equals("R") || name.startsWith("R["))) {
            return "hold some exposures constant, or give R: a regression without noise is rarely meant";
        }
        if (moving.isEmpty() && !atZero.isEmpty()) {
            return "a regression says the same: nothing speaks for drift in this sample";
        }
        if (still.stream().anyMatch(state -> state.equals("alpha") || state.startsWith("alpha:"))) {
            return "the data don't support a free alpha: use alpha=static";
        }
        return still.isEmpty() ? "" : "drop to constant beta for " + list(still) + ": the likelihood is the same with fewer parameters";
    }

    /** What to do where the constraints are why the likelihood is flat; {@code otherwise} where they needn't be. */
    private String underConstraints(String otherwise) {
        List<StateConstraint> rows = likelihood.template().constraints();
        List<StateConstraint> exact = rows.stream().filter(row -> row.isExact() && row.isPresent(0)).toList();
        if (exact.isEmpty()) {
            return rows.stream().anyMatch(row -> row.isEquality() && !row.isExact()) ? EXACT_INSTEAD : otherwise;
        }
        if (FreeDirections.of(likelihood.sample().states().count(), movable(), exact).columns() == 0) {
            return "the constraints leave nothing of it to be seen: take one out, or estimate R alone";
        }
        boolean same = rows.stream().allMatch(row -> row.periods() == 0) && likelihood.template().transition().isIdentity();
        return same ? FREE_NOISE : otherwise;
    }

    /** States that have a noise. */
    private int[] movable() {
        int k = likelihood.sample().states().count();
        double[] ones = new double[likelihood.noises()];
        Arrays.fill(ones, 1);
        double[] q = new double[Covariance.size(k)];
        int m = likelihood.sample().targets().size();
        likelihood.noise().map(ones, likelihood.template().stateNoise().isPresent() ? null : q,
                likelihood.template().observationNoise().isPresent() ? null : new double[Covariance.size(m)]);
        return IntStream.range(0, k).filter(i -> q[Covariance.index(i, i)] > 0).toArray();
    }

    private boolean isCholesky() {
        return names.stream().anyMatch(name -> name.startsWith("L["));
    }

    /** The state of Q[STATE]. */
    private static String state(String name) {
        return name.startsWith("Q[") ? name.substring(2, name.length() - 1) : name;
    }

    private List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        double[] theta = certificate.theta();
        for (int i = 0; i < theta.length; i++) {
            boolean zero = certificate.place(i) == Place.ZERO;
            boolean bound = zero || certificate.place(i) != Place.INSIDE;
            all.add(new Parameter(names.get(i), theta[i], certificate.error(i), certificate.kind(i), zero,
                    bound ? certificate.slope(i) : Double.NaN));
        }
        return all;
    }

    private List<Mode> modes() {
        List<Mode> modes = new ArrayList<>();
        for (Peak peak : peaks) {
            List<Double> its = new ArrayList<>();
            for (double x : peak.theta()) {
                its.add(x);
            }
            modes.add(new Mode(peak.value(), its, peak.startNames()));
        }
        return modes;
    }

    private static String list(List<String> its) {
        int last = its.size() - 1;
        return last <= 0 ? String.join("", its) : String.join(", ", its.subList(0, last)) + " and " + its.get(last);
    }

    private static String number(double x) {
        return String.format(Locale.ROOT, "%.3g", x);
    }
}
