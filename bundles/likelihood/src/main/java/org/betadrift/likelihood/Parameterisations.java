package org.betadrift.likelihood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.States;

/**
 * The usual families. Those of Q leave the states named {@code constant} without noise: their exposures never move, their rows
 * and columns of Q are zero. A family of Q or R alone is for a model whose other half is given; {@link #both} joins them.
 */
public final class Parameterisations {
    private Parameterisations() { }

    /**
     * Q = q I over the states that move; the parameter {@code q}.
     *
     * @param constant names of states that don't move
     * @throws InvalidInputException one of them is no state, or none is left
     */
    public static Parameterisation scalar(States states, Collection<String> constant) {
        int[] moving = moving(states, constant);
        double[] ones = new double[moving.length];
        Arrays.fill(ones, 1);
        return new LinearQ(List.of("q"), new int[][] {moving}, new double[][] {ones});
    }

    /** Q = diag(q_1 .. q_K): a parameter {@code Q[STATE]} for every state that moves. @throws InvalidInputException as {@link #scalar} */
    public static Parameterisation diagonal(States states, Collection<String> constant) {
        int[] moving = moving(states, constant);
        List<String> names = new ArrayList<>();
        int[][] places = new int[moving.length][];
        double[][] weights = new double[moving.length][];
        for (int i = 0; i < moving.length; i++) {
            names.add("Q[" + states.texts().get(moving[i]) + "]");
            places[i] = new int[] {moving[i]};
            weights[i] = new double[] {1};
        }
        return new LinearQ(names, places, weights);
    }

    /**
     * Q = c diag(var): seed 002's rule of thumb with its factor estimated; the parameter {@code c}.
     *
     * @param variances K, of the factors; a state with none (alpha) doesn't move
     * @throws InvalidInputException as {@link #scalar}, or a variance is negative or not finite
     */
    public static Parameterisation scaledFactorVol(States states, double[] variances, Collection<String> constant) {
        Covariance.diagonal(variances);
        List<String> still = new ArrayList<>(constant);
        for (int k = 0; k < variances.length; k++) {
            if (variances[k] == 0) {
                still.add(states.texts().get(k));
            }
        }
        int[] moving = moving(states, still);
        double[] weights = new double[moving.length];
        for (int i = 0; i < moving.length; i++) {
            weights[i] = variances[moving[i]];
        }
        return new LinearQ(List.of("c"), new int[][] {moving}, new double[][] {weights});
    }

    /**
     * Q = L L' over the states that move, any covariance between their steps; parameters {@code L[ROW,COLUMN]}. A singular Q is inside
     * the family, so that a search may end at one. Signs of the columns of L don't matter; compare Q.
     *
     * @throws InvalidInputException as {@link #scalar}
     */
    public static Parameterisation full(States states, Collection<String> constant) {
        return new CholeskyQ(states.texts(), moving(states, constant));
    }

    /**
     * What constraints leave of the steps of a random walk: A beta_t = c on every date lets eta_t move only where A eta_t = 0.
     *
     * @param constant names of states that don't move
     * @param rows exact equalities, the same on every date; none = every state that moves is a direction
     * @return N, K x p: orthonormal columns, in the order of the states
     * @throws InvalidInputException as {@link #scalar}, a row of another kind, or nothing is left to move
     */
    public static Matrix freeDirections(States states, Collection<String> constant, List<StateConstraint> rows) {
        for (StateConstraint row : rows) {
            if (!row.isExact() || row.periods() > 0) {
                throw InvalidInputException.of("constraint " + row, row.isExact() ? "it varies" : "it isn't an exact equality",
                        "steps keep only what is the same on every date", "leave it out here");
            }
        }
        Matrix free = FreeDirections.of(states.count(), moving(states, constant), rows);
        if (free.columns() == 0) {
            throw InvalidInputException.of("constraints", rows, "they hold every exposure that isn't constant where it is",
                    "take one out, let another state move, or estimate R alone");
        }
        return free;
    }

    /**
     * Q = N L L' N': any covariance between steps along the columns of N, and none elsewhere. Parameters {@code L[I,J]}, columns counted
     * from 1. Under the constraints that N was made of these are all the noises that there are, and each is another model: of a Q of other shape only
     * Q - Q A'(A Q A')^-1 A Q is seen.
     *
     * @param directions N, K x p, orthonormal columns as of {@link #freeDirections}
     */
    public static Parameterisation fullWithin(Matrix directions) {
        return new DirectionsQ(directions);
    }

    /**
     * R = diag(r_1 .. r_m): the parameter {@code R} of a single target, {@code R[TARGET]} of several.
     *
     * @param targets m
     */
    public static Parameterisation observationNoise(List<String> targets) {
        return new DiagonalR(targets);
    }

    /** Q by one family, R by another. */
    public static Parameterisation both(Parameterisation q, Parameterisation r) {
        return new Joined(q, r);
    }

    /**
     * The same with some parameters fixed; they are no longer free.
     *
     * @throws InvalidInputException a name isn't there, or its value not allowed
     */
    public static Parameterisation fixed(Parameterisation family, Map<String, Double> values) {
        return values.isEmpty() ? family : Substituted.fixed(family, values);
    }

    /**
     * The same with some variances equal; they become one parameter, named by joining their names with {@code =}.
     *
     * @param names two or more
     * @throws InvalidInputException a name isn't there, or is no variance
     */
    public static Parameterisation tied(Parameterisation family, List<String> names) {
        return Substituted.tied(family, names);
    }

    /**
     * The same within bounds; the scale can't be concentrated out then.
     *
     * @param bounds {lowest, highest} by parameter name
     * @throws InvalidInputException a name isn't there, or lowest isn't below highest
     */
    public static Parameterisation bounded(Parameterisation family, Map<String, double[]> bounds) {
        return new Bounded(family, new LinkedHashMap<>(bounds));
    }

    static int index(Parameterisation family, String name) {
        int i = family.names().indexOf(name);
        if (i < 0) {
            throw InvalidInputException.unknown("parameter", name, family.names());
        }
        return i;
    }

    private static int[] moving(States states, Collection<String> constant) {
        constant.forEach(states::index);
        List<Integer> moving = new ArrayList<>();
        for (int k = 0; k < states.count(); k++) {
            if (!constant.contains(states.texts().get(k))) {
                moving.add(k);
            }
        }
        if (moving.isEmpty()) {
            throw InvalidInputException.of("list of constant states", constant, "no state is left to move", "leave one out, or estimate R alone");
        }
        return moving.stream().mapToInt(Integer::intValue).toArray();
    }
}
