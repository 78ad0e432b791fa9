package org.betadrift.likelihood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.States;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;

/**
 * phi of an AR(1) or mean-reverting transition as a parameter: states whose T_kk isn't one in the given transition revert, the
 * others wander on. The level a state reverts to, c_k / (1 - T_kk), stays where it is. Immutable.
 */
public final class Reversion {
    private final Transition given;
    private final double[] level;
    private final int[] source; // by state: its phi, or -1
    private final List<String> names;
    private final double[] start;

    private Reversion(Transition given, double[] level, int[] source, List<String> names, double[] start) {
        this.given = given;
        this.level = level;
        this.source = source;
        this.names = names;
        this.start = start;
    }

    private Reversion(States states, Transition given, boolean common) {
        if (!given.isConstant() || !isDiagonal(given.matrix(0))) {
            throw InvalidInputException.of("transition", given, "phi is estimated of a constant diagonal T only", "use ar1 or mean-reverting");
        }
        this.given = given;
        int k = states.count();
        level = new double[k];
        source = new int[k];
        List<String> all = new ArrayList<>();
        List<Double> phis = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            double phi = given.matrix(0).get(i, i);
            source[i] = -1;
            if (phi != 1) {
                level[i] = given.constant().get(i) / (1 - phi);
                if (!common || all.isEmpty()) {
                    all.add(common ? "phi" : "phi[" + states.texts().get(i) + "]");
                    phis.add(phi);
                }
                source[i] = all.size() - 1;
            }
        }
        if (all.isEmpty()) {
            throw InvalidInputException.of("transition", given, "no state reverts (every T_kk is one), so there is no phi to estimate",
                    "use ar1:PHI or mean-reverting:PHI, where PHI is where the search starts");
        }
        names = List.copyOf(all);
        start = phis.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** One phi for every state that reverts; starts at that of the first. @throws InvalidInputException T isn't diagonal or none reverts */
    public static Reversion common(States states, Transition given) {
        return new Reversion(states, given, true);
    }

    /** A phi for each state that reverts. @throws InvalidInputException as {@link #common} */
    public static Reversion each(States states, Transition given) {
        return new Reversion(states, given, false);
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

    /** {@code phi}, or {@code phi[STATE]} for each. */
    public List<String> names() {
        return names;
    }

    /** The given phi. A copy. */
    public double[] start() {
        return start.clone();
    }

    /** The transition with this phi. */
    public Transition at(double[] phi) {
        double[] t = new double[source.length];
        double[] c = given.constant().toArray();
        for (int i = 0; i < t.length; i++) {
            t[i] = source[i] < 0 ? given.matrix(0).get(i, i) : phi[source[i]];
            if (source[i] >= 0) {
                c[i] = (1 - t[i]) * level[i];
            }
        }
        return Transition.ar1(Vector.of(t)).withConstant(Vector.of(c));
    }

    /** The same with one phi held there; null when no other is left. */
    Reversion held(int which, double value) {
        if (names.size() == 1) {
            return null;
        }
        double[] phi = start.clone();
        phi[which] = value;
        int[] rest = source.clone();
        for (int i = 0; i < rest.length; i++) {
            rest[i] = source[i] == which ? -1 : source[i] > which ? source[i] - 1 : source[i];
        }
        List<String> others = new ArrayList<>(names);
        others.remove(which);
        double[] starts = new double[others.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = start[i < which ? i : i + 1];
        }
        return new Reversion(at(phi), level, rest, List.copyOf(others), starts);
    }

    @Override
    public String toString() {
        return names + " from " + Arrays.toString(start);
    }
}
