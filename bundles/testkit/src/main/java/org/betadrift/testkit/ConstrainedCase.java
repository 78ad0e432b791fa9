package org.betadrift.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.betadrift.model.Matrix;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateConstraint.Relation;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Vector;
import org.betadrift.testkit.RandomCase.Parameters;

/**
 * A {@link RandomCase} under constraints: one exact row, one with a tolerance, weights and right sides of their own on every date,
 * two rows and a third that they imply, an exact row before and after a tolerant one. Weights are in the units of their states. Immutable.
 */
record ConstrainedCase(String name, StateSpaceModel model, Sample sample) {
    /** Kinds of constraints, in turn. */
    private static final int KINDS = 6;

    /** Of known, mixed and diffuse starts where {@code diffuse}, in turn; one in two with several targets where {@code multivariate}. */
    static List<ConstrainedCase> cases(int count, int dates, boolean multivariate, boolean diffuse) {
        List<ConstrainedCase> all = new ArrayList<>();
        for (RandomCase one : Laws.cases(count, dates, multivariate, true)) {
            RandomCase start = !diffuse || all.size() % 3 == 1 ? one
                    : one.withDiffuse(state -> all.size() % 3 == 0 || state.hashCode() % 2 == 0);
            all.add(of(start, all.size()));
        }
        return all;
    }

    /** {@link GeneralCase}s under a row that moves; a tolerant one where a Q leaves exact ones no room, or they all of a state. */
    static List<ConstrainedCase> general(int count, boolean multivariate, boolean diffuse) {
        List<ConstrainedCase> all = new ArrayList<>();
        for (GeneralCase one : GeneralCase.cases(count, multivariate, diffuse)) {
            int n = one.sample().periods();
            int k = one.model().states().count();
            Random random = new Random(97L * all.size() + 3);
            double[] weights = random.doubles((long) n * k, -1, 1).toArray();
            StateConstraint row = StateConstraint.varying("moving row", Relation.EQUAL, Matrix.of(n, k, weights),
                    Vector.of(random.doubles(n, -1, 1).toArray()), k > 1 && movesEverywhere(one) ? 0 : 0.2);
            all.add(new ConstrainedCase(one + ", " + (row.isExact() ? "exact " : "tolerant ") + row, one.model().withConstraints(List.of(row)), one.sample()));
        }
        return all;
    }

    private static boolean movesEverywhere(GeneralCase one) {
        for (int t = 0; t < one.sample().periods(); t++) {
            double[][] root = Dense.cholesky(Dense.of(one.model().stateNoise().at(t)));
            for (int i = 0; i < root.length; i++) {
                if (!(root[i][i] > 1e-3)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static ConstrainedCase of(RandomCase one, int seed) {
        Draw draw = new Draw(one, seed);
        List<StateConstraint> rows = switch (seed % KINDS) {
            case 0 -> List.of(draw.constant("row", 0));
            case 1 -> List.of(draw.constant("tolerant row", 0.5));
            case 2 -> List.of(draw.varying("moving row", 0));
            case 3 -> draw.redundant();
            case 4 -> List.of(draw.varying("moving row", 0), draw.constant("tolerant row", 0.1));
            default -> List.of(draw.varying("tolerant moving row", 0.1), draw.constant("row", 0));
        };
        return new ConstrainedCase(one + ", " + rows, one.model().withConstraints(rows), one.sample());
    }

    /** The same without its constraints. */
    StateSpaceModel free() {
        return model.withConstraints(List.of());
    }

    /** How far a state's numbers are from the constraint's right side, a part of what it was summed from. */
    static double gap(StateConstraint row, int t, IntToDoubleFunction state) {
        double gap = -row.value(t);
        double size = Math.abs(gap);
        for (int k = 0; k < row.dimension(); k++) {
            double term = row.weight(t, k) == 0 ? 0 : row.weight(t, k) * state.applyAsDouble(k);
            gap += term;
            size += Math.abs(term);
        }
        return Math.abs(gap) / size;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Rows of random weights. */
    private static final class Draw {
        private final RandomCase one;
        private final Random random;
        private final int k;
        private final double[] unit;

        Draw(RandomCase one, int seed) {
            this.one = one;
            random = new Random(31L * seed + 5);
            List<Parameters> states = one.sample().states().names().stream().map(one.parameters::get).toList();
            k = states.size();
            unit = states.stream().mapToDouble(s -> Math.scalb(1.0, -Math.getExponent(Math.sqrt(s.isDiffuse() ? 1 + s.drift() : s.variance()))))
                    .toArray();
        }

        /** Of few binary digits: combinations of rows are exact. */
        private static double few(double x) {
            return Math.rint(x * 1024) / 1024;
        }

        private double[] weights() {
            double[] weights = new double[k];
            for (int i = 0; i < k; i++) {
                weights[i] = unit[i] * few(0.2 + random.nextDouble()) * (random.nextInt(4) == 0 ? -1 : 1);
            }
            return weights;
        }

        StateConstraint constant(String name, double tolerance) {
            return StateConstraint.of(name, Relation.EQUAL, Vector.of(weights()), few(random.nextGaussian()), tolerance);
        }

        StateConstraint varying(String name, double tolerance) {
            int n = one.dates.size();
            double[] all = new double[n * k];
            double[] values = new double[n];
            for (int t = 0; t < n; t++) {
                System.arraycopy(weights(), 0, all, t * k, k);
                values[t] = few(random.nextGaussian());
            }
            return StateConstraint.varying(name, Relation.EQUAL, Matrix.of(n, k, all), Vector.of(values), tolerance);
        }

        /** Two, where there are more than two states, and the double of one less the other. */
        List<StateConstraint> redundant() {
            StateConstraint first = constant("first row", 0);
            StateConstraint second = k < 3 ? first : constant("second row", 0); // two would leave nothing of two states
            double[] both = new double[k];
            for (int i = 0; i < k; i++) {
                both[i] = 2 * first.weight(0, i) - second.weight(0, i);
            }
            StateConstraint third = StateConstraint.of("third row", Relation.EQUAL, Vector.of(both), 2 * first.value(0) - second.value(0), 0);
            return List.of(first, second, third);
        }
    }
}
