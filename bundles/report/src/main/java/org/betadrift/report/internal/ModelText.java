package org.betadrift.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Noise;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;

/** The model, compact: what belongs to one state is a row, what ties states together a matrix below. */
final class ModelText {
    private static final String STATE_NOISE = "State noise Q";
    private static final String OBSERVATION_NOISE = "Observation noise R";

    private final StateSpaceModel model;
    private final List<String> states;
    private final List<StateConstraint> constraints;
    private final List<String> targets;
    private final TransitionText transition;
    private final List<String> elapsed;

    /**
     * @param constraints inequalities too
     * @param elapsed what is said of days that Q counts; empty where it doesn't
     */
    ModelText(StateSpaceModel model, List<StateConstraint> constraints, List<String> targets, List<String> elapsed) {
        this.model = model;
        this.constraints = constraints;
        this.elapsed = elapsed;
        this.transition = new TransitionText(model.states(), model.transition());
        this.states = model.states().texts();
        this.targets = targets;
    }

    List<String> lines() {
        Noise q = model.stateNoise();
        List<String> lines = new ArrayList<>(byState());
        lines.addAll(transition.lines());
        lines.addAll(elapsed);
        lines.addAll(observationNoise());
        lines.addAll(constraints());
        if (transition.needsAMatrix()) {
            lines.addAll(matrix(TransitionText.TRANSITION, states, model.transition().matrix(0)::get));
        }
        if (targets.size() > 1 && q.discount().isEmpty()) {
            lines.addAll(stateNoiseBlocks(last(q), onTheLastDate(q)));
        } else if (q.isConstant() && !isDiagonal(q.at(0)::get, states.size())) {
            lines.addAll(matrix(STATE_NOISE, states, q.at(0)::get));
        }
        SeenNoise.of(model).filter(seen -> SeenNoise.isLess(seen, q.at(0))).ifPresent(seen -> lines.addAll(seen(seen)));
        return lines;
    }

    private List<String> seen(double[] seen) {
        List<String> lines = new ArrayList<>(matrix(STATE_NOISE + " given the constraints", states, (i, j) -> seen[Covariance.index(i, j)]));
        lines.add("No number here depends on any other part of Q.");
        return lines;
    }

    /** Of several targets: what ties the exposures to one factor together; their variances stand beside the states. */
    private List<String> stateNoiseBlocks(Covariance q, String when) {
        StateBlocks blocks = new StateBlocks(model.states());
        List<String> lines = new ArrayList<>();
        for (StateBlocks.Block block : blocks.shared()) {
            Correlations correlations = block.of(q::get);
            if (!correlations.isDiagonal()) {
                lines.add("");
                lines.addAll(new CorrelationText(STATE_NOISE + " of " + block.factor() + when, block.targets(), correlations).lines(Page.BODY));
            }
        }
        if (blocks.crosses(q::get)) {
            lines.addAll(List.of("", STATE_NOISE + " ties exposures to different factors together too; the json report holds the whole matrix."));
        }
        return lines;
    }

    private List<String> byState() {
        InitialState initial = model.initial();
        TextTable text = new TextTable().left("").right("Initial mean").right("Initial variance").right(STATE_NOISE);
        transition.titles().forEach(text::right);
        IntFunction<String> stateNoise = variances(model.stateNoise());
        for (int k = 0; k < states.size(); k++) {
            List<String> row = new ArrayList<>(List.of(states.get(k),
                    initial.isDiffuse(k) ? "diffuse" : Numbers.significant(initial.prior().mean().get(k)),
                    initial.isDiffuse(k) ? "diffuse" : Numbers.significant(initial.prior().covariance().variance(k)),
                    stateNoise.apply(k)));
            row.addAll(transition.cells(k));
            text.row(row);
        }
        return text.lines();
    }

    private List<String> observationNoise() {
        Noise r = model.observationNoise();
        IntFunction<String> variances = variances(r);
        if (targets.size() == 1) {
            return List.of(OBSERVATION_NOISE + ": " + variances.apply(0));
        }
        List<String> lines = new ArrayList<>(List.of(""));
        boolean uncorrelated = isAlwaysDiagonal(r);
        if (!r.isConstant() || uncorrelated) {
            lines.add(OBSERVATION_NOISE + (uncorrelated ? ": uncorrelated" : ""));
            lines.addAll(observationVariances(r, variances).lines());
        }
        if (!uncorrelated) {
            lines.addAll(new CorrelationText(OBSERVATION_NOISE + onTheLastDate(r), targets, new Correlations(targets.size(), last(r)::get)).lines(Page.BODY));
        }
        return lines;
    }

    private TextTable observationVariances(Noise r, IntFunction<String> variances) {
        TextTable text = new TextTable().left("").right("Variance");
        if (r.isConstant()) {
            text.right("Std");
        }
        for (int i = 0; i < targets.size(); i++) {
            List<String> row = new ArrayList<>(List.of(targets.get(i), variances.apply(i)));
            row.addAll(r.isConstant() ? List.of(Numbers.significant(Math.sqrt(r.at(0).variance(i)))) : List.of());
            text.row(row);
        }
        return text;
    }

    private static boolean isAlwaysDiagonal(Noise noise) {
        double[] packed = new double[Covariance.size(noise.dimension())];
        for (int t = 0; t < Math.max(1, noise.periods()); t++) {
            noise.copyPacked(t, packed);
            if (!isDiagonal((i, j) -> packed[Covariance.index(i, j)], noise.dimension())) {
                return false;
            }
        }
        return true;
    }

    /** A noise that varies is shown as it was last; the json report holds every date's. */
    private static Covariance last(Noise noise) {
        return noise.at(Math.max(0, noise.periods() - 1));
    }

    private static String onTheLastDate(Noise noise) {
        return noise.isConstant() ? "" : " on the last date";
    }

    /** As they were written: one may stand for a row a target. */
    private List<String> constraints() {
        return constraints.stream().map(row -> "Constraint: " + row + (row.isExact() ? " (exact on every date)"
                : row.isEquality() ? " (within a standard deviation of " + Numbers.significant(row.tolerance()) + " on every date)"
                : " (a limit on every date, of the path under the constraints alone)")).distinct().toList();
    }

    /** The variance of component i, or its range where it varies. */
    private static IntFunction<String> variances(Noise noise) {
        if (noise.discount().isPresent()) {
            String discount = "discount " + noise.discount().getAsDouble();
            return i -> discount;
        }
        if (noise.isConstant()) {
            Covariance covariance = noise.at(0);
            return i -> Numbers.significant(covariance.variance(i));
        }
        double[] low = new double[noise.dimension()];
        double[] high = new double[noise.dimension()];
        double[] packed = new double[Covariance.size(noise.dimension())];
        for (int t = 0; t < noise.periods(); t++) {
            noise.copyPacked(t, packed);
            for (int i = 0; i < low.length; i++) {
                double variance = packed[Covariance.index(i, i)];
                low[i] = t == 0 ? variance : Math.min(low[i], variance);
                high[i] = t == 0 ? variance : Math.max(high[i], variance);
            }
        }
        return i -> Numbers.significant(low[i]) + (low[i] == high[i] ? "" : " to " + Numbers.significant(high[i]) + ", by date");
    }

    private static boolean isDiagonal(Correlations.Entry entry, int size) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                if (i != j && entry.at(i, j) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<String> matrix(String title, List<String> names, Correlations.Entry entry) {
        TextTable text = new TextTable().left(title);
        names.forEach(text::right);
        for (int i = 0; i < names.size(); i++) {
            List<String> row = new ArrayList<>(List.of(names.get(i)));
            for (int j = 0; j < names.size(); j++) {
                row.add(Numbers.significant(entry.at(i, j)));
            }
            text.row(row);
        }
        return text.width() <= Page.BODY ? block(text)
                : List.of(title + ": a full " + names.size() + " x " + names.size() + " matrix, too wide here; the json report holds it");
    }

    private static List<String> block(TextTable text) {
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(text.lines());
        return lines;
    }
}
