package org.betadrift.report.internal;

import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.model.StateName;
import org.betadrift.model.States;

/** The states of several targets factor by factor: what a factor's exposures have to do with each other is a block of a matrix over the states. */
final class StateBlocks {
    /**
     * The exposures to one factor.
     *
     * @param factor or alpha, or a slope
     * @param states their places among all states
     * @param targets whose they are; empty names where there is one target
     */
    record Block(String factor, int[] states, List<String> targets) {
        /** This block of a covariance matrix over all states. */
        Correlations of(Correlations.Entry covariance) {
            return new Correlations(states.length, (i, j) -> covariance.at(states[i], states[j]));
        }
    }

    private final States states;

    StateBlocks(States states) {
        this.states = states;
    }

    /** In the order of the states. */
    List<Block> all() {
        return states.names().stream().map(StateName::factor).distinct().map(factor -> {
            int[] its = IntStream.range(0, states.count()).filter(k -> states.names().get(k).factor().equals(factor)).toArray();
            return new Block(factor, its, IntStream.of(its).mapToObj(k -> states.names().get(k).target()).toList());
        }).toList();
    }

    /** Those of more than one target. */
    List<Block> shared() {
        return all().stream().filter(block -> block.states().length > 1).toList();
    }

    /** Whether a matrix over all states ties exposures to different factors together. */
    boolean crosses(Correlations.Entry covariance) {
        for (int i = 0; i < states.count(); i++) {
            for (int j = 0; j < i; j++) {
                if (covariance.at(i, j) != 0 && !states.names().get(i).factor().equals(states.names().get(j).factor())) {
                    return true;
                }
            }
        }
        return false;
    }
}
