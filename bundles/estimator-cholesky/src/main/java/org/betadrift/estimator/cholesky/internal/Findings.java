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
    /** A variance of V given the assets before, this small beside what least squares leaves, is on its way to zero. */
    private static final double VANISHING = 1e-6;
    /** An X this large, s = 1e6, won't stop growing. */
    private static final double UNBOUNDED = 1e8;
    /** A condition of the information above it is that of a flat likelihood. */
    private static final double UNTOLD = 1e10;

    private final Surface f;
    private final Summits summits;
    private final Curvature curvature;
    private final Family family;
    private final double[] theta;
    private final Ascent.Top top;
    private final List<String> singular = new ArrayList<>(); // W of FACTOR (rank 1 of 4)
    private final List<String> held = new ArrayList<>();     // those of them that may have no higher rank
    private final List<String> zero = new ArrayList<>();     // W of FACTOR
    private final List<String> still = new ArrayList<>();    // W[FACTOR:TARGET], of a diagonal W
    private final List<String> endless = new ArrayList<>();
    private final int[] ranks;
    private final boolean vanishing; // V
    private final boolean tied;      // exposures satisfy exact constraints

    /** @param tied whether there are exact constraints */
    Findings(Surface f, Summits summits, Curvature curvature, boolean tied) {
        this.tied = tied;
        this.f = f;
        this.summits = summits;
        this.curvature = curvature;
        family = f.family();
        top = curvature.top();
        theta = top.theta();
        vanishing = family.observation().least(theta, 0) < VANISHING;
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
                } else if (drift.isDiagonal()) {
                    still(drift, family.at(d));
                } else if (ranks[d] < drift.dimension()) {
                    String which = name + " (rank " + ranks[d] + " of " + drift.dimension() + ")";
                    (ranks[d] == drift.rank() ? held : singular).add(which);
                }
            }
        }
    }

    private void still(Drift drift, int at) {
        double[][] b = drift.factor(theta, at);
        for (int i = 0; i < b.length; i++) {
            if (b[i][i] == 0) {
                still.add("W[" + family.sample().states().texts().get(drift.places().get(0).states()[i]) + "]");
            }
        }
    }

    ConvergenceRecord record() {
        boolean steep = !top.isMaximum(Ascent.steep(f));
        boolean converged = summits.inBudget() && !steep && endless.isEmpty();
        String verdict = vanishing && steep ? "no maximum: the likelihood keeps rising as V becomes singular, so that a combination of the targets is explained exactly"
                : !endless.isEmpty() ? "no maximum: the likelihood keeps rising, ever less, as " + list(endless) + (endless.size() == 1 ? " grows" : " grow") + " without end"
                : !summits.inBudget() ? "stopped after " + f.evaluations() + " evaluations, before a maximum was reached"
                : steep ? "no maximum: the search stopped where the likelihood still rises (derivative " + number(Math.max(top.steepest(), Double.isNaN(top.promise()) ? 0 : top.promise())) + ")"
                : maximum();
        return ConvergenceRecord.builder(converged, verdict).suggestion(suggestion(converged))
                .parameters(parameters()).modes(modes()).stuck(summits.stuck().size()).work(f.evaluations(), f.hasScore() ? Score.ANALYTIC : Score.DIFFERENCES)
                .certificate(top.steepest(), curvature.condition()).method(f.method()).notes(notes()).build();
    }

    private String maximum() {
        Summits.Summit best = summits.best();
        int starts = summits.all().stream().mapToInt(s -> s.starts().size()).sum() + summits.stuck().size();
        StringBuilder s = new StringBuilder("a maximum, reached from ").append(best.starts().size()).append(" of ").append(starts)
                .append(starts == 1 ? " start" : " starts");
        if (!summits.stuck().isEmpty()) {
            s.append(" (").append(list(summits.stuck())).append(" got stuck before any)");
        }
        if (summits.all().size() > 1) {
            Summits.Summit second = summits.all().get(1);
            s.append(" (").append(list(List.copyOf(second.starts()))).append(" ended at another one, ")
                    .append(number(top.value() - second.top().value())).append(" lower)");
        }
        List<String> none = both(zero, still);
        if (!none.isEmpty()) {
            s.append("; ").append(list(none)).append(are(none)).append(" exactly zero: ")
                    .append(zero.isEmpty() && none.size() == 1 ? "this exposure doesn't drift" : "these exposures don't drift");
        }
        List<String> narrow = both(singular, held);
        if (!narrow.isEmpty()) {
            s.append("; ").append(list(narrow)).append(are(narrow)).append(" singular");
        }
        if (vanishing) {
            s.append("; V is all but singular: drift explains some combination of the targets exactly");
        }
        return s.toString();
    }

    private String suggestion(boolean converged) {
        if (vanishing) {
            return family.observation().isDiagonal() ? "hold some exposures constant (zero=FACTOR), or use state=diagonal or low-rank"
                    : "leave out a target that is a combination of others, or use observation=diagonal";
        }
        if (!endless.isEmpty()) {
            return "hold that factor's exposures constant (zero=FACTOR), or share one W";
        }
        if (!converged) {
            return f.hasScore() ? "try more starts, or fewer free parameters: state=diagonal, low-rank or shared" : "use an engine that has a score";
        }
        if (family.drifts().size() > 0 && zero.size() == family.drifts().stream().mapToInt(d -> d.places().size()).sum()) {
            return "a regression says the same: nothing speaks for drift in this sample";
        }
        return summits.all().size() > 1 && summits.best().starts().size() == 1 ? "try more starts: only one reached this maximum" : "";
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        boolean open = tied && curvature.condition() > UNTOLD; // W along what a constraint holds
        if (!singular.isEmpty()) {
            notes.add(list(singular) + are(singular) + " singular: the exposures drift in fewer directions than there are assets, and "
                    + "variance in any other one would " + (open ? "not raise" : "lower")
                    + " the likelihood (an eigenvalue of W, in units of V, below 1e-8 of the largest counts as zero)");
        }
        if (!held.isEmpty()) {
            notes.add(list(held) + are(held) + " singular as low-rank asks: whether variance in any other direction would raise the likelihood wasn't looked at");
        }
        if (!singular.isEmpty() || !held.isEmpty()) {
            notes.add("Cholesky entries of a singular W have no standard errors and are not unique: signs of columns and what stands below a zero on the "
                    + "diagonal are free" + (open ? "" : ". W itself is unique, so its entries are listed"));
        }
        if (open) {
            notes.add("the exact constraints take part of every drift away, so that W is not unique: other W that leave the same drift beside them have "
                    + "the same likelihood. V and the exposures don't depend on which");
        }
        if (!family.drifts().isEmpty()) {
            double gain = top.value() - summits.still().value();
            int free = family.observation().size();
            notes.add(summits.still().value() == Double.NEGATIVE_INFINITY ? "without drift (every W zero) the likelihood has no value"
                    : String.format(Locale.ROOT, "without drift (every W zero) the log-likelihood is %.6f, %s lower, with %d parameter%s instead of %d",
                    summits.still().value(), number(Math.max(0, gain)), free, free == 1 ? "" : "s", family.freedom()));
        }
        if (summits.users() != null) {
            double behind = top.value() - summits.users().value();
            notes.add(summits.users().value() == Double.NEGATIVE_INFINITY ? "at your start the likelihood has no value"
                    : behind < 1e-5 ? "your start alone reaches this maximum"
                    : String.format(Locale.ROOT, "your start alone would have reached %.6f, %s lower%s", summits.users().value(), number(behind),
                            summits.users().isMaximum(Ascent.steep(f)) ? "" : ", and no maximum"));
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
        double[] score = f.hasScore() ? f.scores(theta).q() : null;
        List<Family.Entry> entries = family.entries();
        List<Parameter> all = new ArrayList<>();
        for (int e = 0; e < entries.size(); e++) {
            Family.Entry entry = entries.get(e);
            double value = (entry.ofV() ? r : q)[entry.index()];
            boolean variance = entry.i() == entry.j();
            boolean atZero = !entry.ofV() && variance && value == 0;
            boolean none = !entry.ofV() && value == 0;
            all.add(new Parameter(entry.name(), value, none ? Double.NaN : curvature.errors()[e], none ? "none: it is zero" : kind(entry, e), atZero,
                    atZero && score != null ? score[entry.index()] : Double.NaN));
        }
        return all;
    }

    private String kind(Family.Entry entry, int e) {
        for (int d = 0; d < ranks.length && !entry.ofV() && !Double.isNaN(curvature.errors()[e]); d++) {
            Drift drift = family.drifts().get(d);
            if (ranks[d] < drift.dimension() && !drift.isDiagonal() && drift.places().stream().anyMatch(p -> contains(p.states(), entry.i()))) {
                return curvature.kind() + ", the rank of W held at " + ranks[d];
            }
        }
        return curvature.kind();
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
            Ascent.Top its = summit == summits.best() ? top : summit.top();
            family.map(its.theta(), q, r);
            List<Double> values = entries.stream().map(entry -> (entry.ofV() ? r : q)[entry.index()]).toList();
            return new Mode(its.value(), values, List.copyOf(summit.starts()));
        }).toList();
    }

    private static List<String> both(List<String> first, List<String> second) {
        List<String> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    private static String are(List<String> its) {
        return its.size() == 1 ? " is" : " are";
    }

    private static String list(List<String> its) {
        int last = its.size() - 1;
        return last <= 0 ? String.join("", its) : String.join(", ", its.subList(0, last)) + " and " + its.get(last);
    }

    private static String number(double x) {
        return String.format(Locale.ROOT, "%.3g", x);
    }
}
