package org.betadrift.testkit;

import java.util.ArrayList;
import java.util.List;
import org.betadrift.model.Sample;

/** All that can be read of an input, to find it changed. */
final class Snapshot {
    private Snapshot() { }

    static List<Object> of(Sample sample) {
        List<Object> all = new ArrayList<>(List.of(sample.dates(), sample.targets(), sample.states(), sample.hasIntercept()));
        for (int t = 0; t < sample.periods(); t++) {
            for (int i = 0; i < sample.targets().size(); i++) {
                all.add(sample.y(t, i));
            }
            for (int k = 0; k < sample.states().count(); k++) {
                all.add(sample.regressor(t, k));
            }
        }
        return all;
    }
}
