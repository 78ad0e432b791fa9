package org.betadrift.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Noise;
import org.betadrift.model.StateSpaceModel;

/** The model, compact: what belongs to one state is a row, what ties states together a matrix below. */
final class ModelText {
    private static final String STATE_NOISE = "State noise Q";
    private static final String OBSERVATION_NOISE = "Observation noise R";

    private final StateSpaceModel model;
    private final List<String> states;
    private final List<String> targets;
    private final TransitionText transition;

    private final List<String> elapsed;

    /** @param elapsed what is said of days that Q counts; empty where it doesn't */
    ModelText(StateSpaceModel model, List<String> targets, List<String> elapsed) {
        this.model = model;
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
        if (q.isConstant() && !isDiagonal(q.at(0)::get, states.size())) {
            lines.addAll(matrix(STATE_NOISE, states, q.at(0)::get));
        }
        return lines;
    }

    /** An entry of a matrix. */
    private interface Entry {
        double at(int row, int column);
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
        if (r.isConstant() && !isDiagonal(r.at(0)::get, targets.size())) {
            return matrix(OBSERVATION_NOISE, targets, r.at(0)::get);
        }
        TextTable text = new TextTable().left(OBSERVATION_NOISE).right("");
        for (int i = 0; i < targets.size(); i++) {
            text.row(targets.get(i), variances.apply(i));
        }
        return block(text);
    }

    /** As they were written: one may stand for a row a target. */
    private List<String> constraints() {
        return model.constraints().stream().map(row -> "Constraint: " + row + (row.isExact() ? " (exact on every date)"
                : row.isEquality() ? " (within a standard deviation of " + Numbers.significant(row.tolerance()) + " on every date)"
                : " (a limit on every date)")).distinct().toList();
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

    private static boolean isDiagonal(Entry entry, int size) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                if (i != j && entry.at(i, j) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<String> matrix(String title, List<String> names, Entry entry) {
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
