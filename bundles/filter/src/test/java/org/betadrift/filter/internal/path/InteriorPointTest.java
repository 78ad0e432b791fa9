package org.betadrift.filter.internal.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.betadrift.filter.Monitor;
import org.betadrift.model.InitialState;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateConstraint.Relation;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Vector;
import org.betadrift.testkit.RandomCase;
import org.junit.jupiter.api.Test;

/** Two ways to one optimum, which have only the linear solver in common. */
class InteriorPointTest {
    @Test
    void findsTheOptimumOfTheActiveSet() {
        int binding = 0;
        for (int seed = 0; seed < 30; seed++) {
            RandomCase one = RandomCase.of(seed, 1 + seed % 2, 40);
            StateSpaceModel free = one.model();
            PathSolution smoothed = new PathSolution(free, one.sample());
            smoothed.solve(Monitor.NONE);
            StateSpaceModel model = free.withConstraints(around(smoothed.mode(), free.states().count(), seed));
            if (seed % 3 == 0) {
                model = StateSpaceModel.of(model.states(), InitialState.diffuse(model.states().count()), model.transition(), model.stateNoise(),
                        model.observationNoise()).withConstraints(model.constraints());
            }
            PathSolution active = new PathSolution(model, one.sample());
            active.solve(Monitor.NONE);
            PathSolution inside = new PathSolution(model, one.sample());
            inside.solveInside();
            assertThat(inside.kktResidual()).as("residual, seed %s", seed).isLessThan(1e-8);
            assertThat(active.kktResidual()).as("residual of the active set, seed %s", seed).isLessThan(1e-8);
            assertThat(inside.logDensityGivenUp()).as("seed %s", seed).isCloseTo(active.logDensityGivenUp(), Offset.offset(1e-8 * (1 + active.logDensityGivenUp())));
            double largest = Arrays.stream(active.mode()).map(Math::abs).max().orElseThrow();
            assertThat(inside.mode()).as("mode, seed %s", seed).usingComparatorWithPrecision(1e-7 * largest).containsExactly(active.mode());
            binding += active.logDensityGivenUp() > 0.01 ? 1 : 0;
        }
        assertThat(binding).as("cases with something to give up").isGreaterThan(20);
    }

    /** Bounds within the range of each state, and a gross limit that a path of their middles keeps. */
    private static List<StateConstraint> around(double[] path, int k, int seed) {
        Random random = new Random(seed);
        List<StateConstraint> all = new ArrayList<>();
        double[] w = new double[k];
        double gross = 0;
        for (int i = 0; i < k; i++) {
            double[] its = new double[path.length / k];
            for (int t = 0; t < its.length; t++) {
                its[t] = path[t * k + i];
            }
            Arrays.sort(its);
            double low = its[its.length / 4];
            double high = its[its.length * 3 / 4];
            double room = 0.1 * (Math.abs(low) + Math.abs(high));
            double[] only = new double[k];
            only[i] = 1;
            all.add(StateConstraint.of("low " + i, Relation.AT_LEAST, Vector.of(only), low - room * random.nextDouble(), 0));
            all.add(StateConstraint.of("high " + i, Relation.AT_MOST, Vector.of(only), high + room * random.nextDouble(), 0));
            w[i] = 1 / (Math.abs(low) + Math.abs(high));
            gross += w[i] * Math.abs(low + high) / 2;
        }
        all.add(StateConstraint.of("gross", Relation.GROSS_AT_MOST, Vector.of(w), gross + 0.05, 0));
        return all;
    }
}
