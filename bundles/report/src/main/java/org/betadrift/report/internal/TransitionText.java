package org.betadrift.report.internal;

import java.util.ArrayList;
import java.util.List;
import org.betadrift.model.Matrix;
import org.betadrift.model.States;
import org.betadrift.model.Transition;

/** T and c in the table of the model: the columns and lines they need. */
final class TransitionText {
    static final String TRANSITION = "Transition T";

    private final Transition transition;
    private final int k;
    private final boolean diagonal;
    private final boolean trend;

    TransitionText(States states, Transition transition) {
        this.transition = transition;
        this.trend = !transition.isIdentity() && transition.equals(Transition.localLinearTrend(states));
        this.k = transition.dimension();
        this.diagonal = transition.isConstant() && isDiagonal(transition.matrix(0));
    }

    private static boolean isDiagonal(Matrix t) {
        for (int i = 0; i < t.rows(); i++) {
            for (int j = 0; j < t.columns(); j++) {
                if (i != j && t.get(i, j) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether T ties states together. */
    boolean needsAMatrix() {
        return transition.isConstant() && !diagonal && !trend;
    }

    /** What is said of all states at once. */
    List<String> lines() {
        if (transition.isIdentity()) {
            return List.of(TRANSITION + ": random walk");
        }
        if (trend) {
            return List.of(TRANSITION + ": local linear trend, every exposure moves by its slope");
        }
        return transition.isConstant() ? List.of() : List.of(TRANSITION + ": another one on each date; the json report holds them");
    }

    /** Of the columns beside each state. */
    List<String> titles() {
        List<String> titles = new ArrayList<>();
        if (hasSpeeds()) {
            titles.add(TRANSITION);
        }
        if (hasConstant()) {
            titles.add(reverts() ? "Reverts to" : "Constant c");
        }
        return titles;
    }

    /** Below the titles. */
    List<String> cells(int state) {
        List<String> cells = new ArrayList<>();
        double c = transition.constant().get(state);
        if (hasSpeeds()) {
            cells.add(Numbers.significant(transition.matrix(0).get(state, state)));
        }
        if (hasConstant()) {
            cells.add(reverts() ? isStill(state) ? "-" : Numbers.significant(c / (1 - transition.matrix(0).get(state, state))) : Numbers.significant(c));
        }
        return cells;
    }

    private boolean hasSpeeds() {
        return diagonal && !transition.isIdentity();
    }

    private boolean hasConstant() {
        for (int i = 0; i < k; i++) {
            if (transition.constant().get(i) != 0) {
                return true;
            }
        }
        return false;
    }

    /** c = (1 - phi) mean says less than the mean. */
    private boolean reverts() {
        for (int i = 0; i < k && diagonal; i++) {
            if (isStill(i) && transition.constant().get(i) != 0) {
                return false;
            }
        }
        return diagonal;
    }

    private boolean isStill(int state) {
        return transition.matrix(0).get(state, state) == 1;
    }
}
