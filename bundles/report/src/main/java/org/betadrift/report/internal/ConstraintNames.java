package org.betadrift.report.internal;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;

/** A name for every row: what was written, and of whom where that stands for several rows. */
final class ConstraintNames {
    private final List<String> names;

    ConstraintNames(StateSpaceModel model, Sample sample) {
        List<String> written = model.constraints().stream().map(StateConstraint::expression).toList();
        names = IntStream.range(0, written.size()).mapToObj(c -> Collections.frequency(written, written.get(c)) == 1 ? written.get(c)
                : written.get(c) + " of " + whom(model.constraints().get(c), sample)).toList();
    }

    /** The one state it is about, or their target. */
    private static String whom(StateConstraint row, Sample sample) {
        int[] states = IntStream.range(0, row.dimension()).filter(k -> IntStream.range(0, Math.max(1, row.periods())).anyMatch(t -> row.weight(t, k) != 0)).toArray();
        return states.length == 1 ? sample.states().texts().get(states[0]) : sample.targets().get(sample.target(states[0]));
    }

    /** In the model's order. */
    List<String> all() {
        return names;
    }
}
