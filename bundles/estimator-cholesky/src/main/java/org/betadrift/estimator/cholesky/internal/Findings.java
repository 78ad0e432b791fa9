package org.betadrift.estimator.cholesky.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.ConvergenceRecord.Mode;
import org.betadrift.estimation.ConvergenceRecord.Parameter;
import org.betadrift.estimation.ConvergenceRecord.Score;

/** From what was found to sentences a person can act on. */
final class Findings {
    /** A slope this steep, relative to the log-likelihood, is no maximum; by differences less is known. */
    private static final double STEEP = 1e-5;
    private static final double STEEP_BY_DIFFERENCES = 1e-3;
    /** A variance of V this small beside what least squares leaves is on its way to zero. */
    private static final double VANISHING = 1e-9;
    /** An X this large, s = 1e6, won't stop growing. */
    private static final double UNBOUNDED = 1e8;

    private final Surface f;
    private final Summits summits;
    private final Errors errors;
    private final Family family;
    private final double[] theta;
    private final Ascent.Top top;
    private final List<String> singular = new ArrayList<>(); // W of FACTOR (rank 1 of 4)
    private final List<String> zero = new ArrayList<>();     // W of FACTOR
    private final List<String> endless = new ArrayList<>();
    private final int[] ranks;

    Findings(Surface f, Summits summits, Errors errors) {
        this.f = f;
        this.summits = summits;
        this.errors = errors;
        family = f.family();
        top = summits.best().top();
        theta = top.theta();
        ranks = new int[family.drifts().size()];
        for (int d = 0; d < ranks.length; d++) {
            Drift drift = family.drifts().get(d);
            double[] values = Dense.eigen(Dense.square(drift.factor(theta, family.at(d)))).values();
            ranks[d] = Singular.rank(values);
            double[] shares = drift.shares(theta, family.at(d));
            for (int p = 0; p < shares.length; p++) {
                String name = "W of " + drift.places().get(p).factor();
                if (values[0] * shares[p] * shares[p] > UNBOUNDED) {
                    endless.add(name);
                } else if (ranks[d] == 0 || shares[p] == 0) {
                    zero.add(name);
                } else if (ranks[d] < drift.dimension()) {
                    singular.add(name + " (rank " + ranks[d] + " of " + drift.dimension() + ")");
                }
            }
        }
    }

    ConvergenceRecord record() {
        double tolerance = (f.hasScore() ? STEEP : STEEP_BY_DIFFERENCES) * Math.max(1, Math.abs(top.value()));
        boolean steep = !(top.steepest() <= tolerance) || top.promise() > tolerance;
        boolean vanishing = family.observation().least(theta, 0) < VANISHING;
        boolean converged = summits.inBudget() && !steep && !vanishing && endless.isEmpty();
        String verdict = vanishing ? "no maximum: the likelihood keeps rising as V becomes singular, so that a combination of the targets is explained exactly"
                : !endless.isEmpty() ? "no maximum: the likelihood keeps rising, ever less, as " + list(endless) + (endless.size() == 1 ? " grows" : " grow") + " without end"
                : !summits.inBudget() ? "stopped after " + f.evaluations() + " evaluations, before a maximum was reached"
                : steep ? "no maximum: the search stopped where the likelihood still rises (derivative " + number(Math.max(top.steepest(), Double.isNaN(top.promise()) ? 0 : top.promise())) + ")"
                : maximum();
        return ConvergenceRecord.builder(converged, verdict).suggestion(suggestion(converged, vanishing))
                .parameters(parameters()).modes(modes()).work(f.evaluations(), f.hasScore() ? Score.ANALYTIC : Score.DIFFERENCES)
                .certificate(top.steepest(), errors.condition()).method(f.method()).notes(notes()).build();
    }

    private String maximum() {
        Summits.Summit best = summits.best();
        int starts = summits.all().stream().mapToInt(s -> s.starts().size()).sum();
        StringBuilder s = new StringBuilder("a maximum, reached from ").append(best.starts().size()).append(" of ").append(starts)
                .append(starts == 1 ? " start" : " starts");
        if (summits.all().size() > 1) {
            Summits.Summit second = summits.all().get(1);
            s.append(" (").append(list(List.copyOf(second.starts()))).append(" ended at another one, ")
                    .append(number(best.top().value() - second.top().value())).append(" lower)");
        }
        if (!zero.isEmpty()) {
            s.append("; ").append(list(zero)).append(zero.size() == 1 ? " is" : " are").append(" exactly zero: these exposures don't drift");
        }
        if (!singular.isEmpty()) {
            s.append("; ").append(list(singular)).append(singular.size() == 1 ? " is" : " are").append(" singular");
        }
        return s.toString();
    }

    private String suggestion(boolean converged, boolean vanishing) {
        if (vanishing) {
            return "leave out a target that is a combination of others, or use observation=diagonal";
        }
        if (!endless.isEmpty()) {
            return "hold that factor's exposures constant (zero=FACTOR), or share one W";
        }
        if (!converged) {
            return f.hasScore() ? "try more starts, or fewer free parameters: state=diagonal, low-rank or shared" : "use an engine that has a score";
        }
        if (family.drifts().size() > 0 && singular.isEmpty() && zero.size() == family.drifts().stream().mapToInt(d -> d.places().size()).sum()) {
            return "a regression says the same: nothing speaks for drift in this sample";
        }
        return summits.all().size() > 1 && summits.best().starts().size() == 1 ? "try more starts: only one reached this maximum" : "";
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!singular.isEmpty()) {
            notes.add(list(singular) + (singular.size() == 1 ? " is" : " are") + " singular: its exposures drift in fewer directions than there are assets, and in any other "
                    + "one more variance lowers the likelihood. So Cholesky entries of W have no standard errors, and are not unique: signs of "
                    + "columns and what stands below a zero on the diagonal are free. W itself is; its entries are listed");
            notes.add("an eigenvalue of W in units of V below 1e-8 of the largest counts as zero");
        }
        if (!family.drifts().isEmpty()) {
            double gain = top.value() - summits.still().value();
            notes.add(String.format(Locale.ROOT, "without drift (every W zero) the log-likelihood is %.6f, %s lower, with %d parameters instead of %d",
                    summits.still().value(), number(Math.max(0, gain)), family.observation().size(), family.freedom()));
        }
        if (summits.users() != null) {
            double short1 = top.value() - summits.users().value();
            notes.add(summits.users().value() == Double.NEGATIVE_INFINITY ? "at your start the likelihood has no value"
                    : short1 < 1e-5 ? "your start alone reaches this maximum"
                    : String.format(Locale.ROOT, "your start alone would have reached %.6f, %s lower", summits.users().value(), number(short1)));
        }
        if (!f.hasScore() && !family.drifts().isEmpty()) {
            notes.add("the engine has no score, so that nothing was looked for in directions in which W is zero");
        }
        return notes;
    }

    private List<Parameter> parameters() {
        double[] q = new double[family.sizeOfQ()];
        double[] r = new double[family.sizeOfR()];
        family.map(theta, q, r);
        double[] score = f.hasScore() ? f.scoreQ(theta).clone() : null;
        List<Family.Entry> entries = family.entries();
        List<Parameter> all = new ArrayList<>();
        for (int e = 0; e < entries.size(); e++) {
            Family.Entry entry = entries.get(e);
            double value = (entry.ofV() ? r : q)[entry.index()];
            boolean variance = entry.i() == entry.j();
            boolean atZero = !entry.ofV() && variance && value == 0;
            boolean none = !entry.ofV() && value == 0;
            all.add(new Parameter(entry.name(), value, none ? Double.NaN : errors.errors()[e], none ? "none: it is zero" : kind(entry, e), atZero,
                    atZero && score != null ? score[entry.index()] : Double.NaN));
        }
        return all;
    }

    private String kind(Family.Entry entry, int e) {
        for (int d = 0; d < ranks.length && !entry.ofV() && !Double.isNaN(errors.errors()[e]); d++) {
            Drift drift = family.drifts().get(d);
            if (ranks[d] < drift.dimension() && !drift.isDiagonal() && drift.places().stream().anyMatch(p -> contains(p.states(), entry.i()))) {
                return errors.kind() + ", the rank of W held at " + ranks[d];
            }
        }
        return errors.kind();
    }

    private static boolean contains(int[] states, int state) {
        for (int k : states) {
            if (k == state) {
                return true;
            }
        }
        return false;
    }

    private List<Mode> modes() {
        List<Family.Entry> entries = family.entries();
        double[] q = new double[family.sizeOfQ()];
        double[] r = new double[family.sizeOfR()];
        return summits.all().stream().map(summit -> {
            family.map(summit.top().theta(), q, r);
            List<Double> values = entries.stream().map(entry -> (entry.ofV() ? r : q)[entry.index()]).toList();
            return new Mode(summit.top().value(), values, List.copyOf(summit.starts()));
        }).toList();
    }

    private static String list(List<String> its) {
        int last = its.size() - 1;
        return last <= 0 ? String.join("", its) : String.join(", ", its.subList(0, last)) + " and " + its.get(last);
    }

    private static String number(double x) {
        return String.format(Locale.ROOT, "%.3g", x);
    }
}
