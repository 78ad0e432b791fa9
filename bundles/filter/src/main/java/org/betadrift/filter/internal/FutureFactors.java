package org.betadrift.filter.internal;

import java.time.LocalDate;
import java.util.List;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateName;

/** H of the dates after a sample: 1 for alpha, 0 for a slope, else what a panel says of the factor. Checked at birth; immutable. */
final class FutureFactors {
    private final Sample sample;
    private final List<LocalDate> dates;
    private final double[][] regressors; // by state; null for alpha and slopes

    /** @throws InvalidInputException a date isn't later than the sample's last, or a factor is absent or missing on a date */
    FutureFactors(Sample sample, ReturnPanel future) {
        this.sample = sample;
        dates = future.dates();
        int n = sample.periods();
        if (n > 0 && !dates.isEmpty() && !dates.get(0).isAfter(sample.date(n - 1))) {
            throw InvalidInputException.of("first date of the future", dates.get(0), "the sample ends on " + sample.date(n - 1),
                    "give later dates only");
        }
        List<StateName> names = sample.states().names();
        regressors = new double[names.size()][];
        for (int state = 0; state < regressors.length; state++) {
            if (!isAlpha(state) && !sample.isSlope(state)) {
                regressors[state] = present(names.get(state).factor(), future);
            }
        }
    }

    private boolean isAlpha(int state) {
        return sample.hasIntercept() && sample.states().names().get(state).factor().equals(StateName.ALPHA);
    }

    private static double[] present(String factor, ReturnPanel future) {
        double[] column = future.column(factor);
        for (int t = 0; t < column.length; t++) {
            if (Double.isNaN(column[t])) {
                throw InvalidInputException.of("factor " + factor + " on " + future.dates().get(t), "missing",
                        "the forecast of that date needs it", "say what it shall be there");
            }
        }
        return column;
    }

    /** The h dates. */
    List<LocalDate> dates() {
        return dates;
    }

    /** H_t[target, state], t from 0. */
    double h(int t, int target, int state) {
        if (sample.target(state) != target || sample.isSlope(state)) {
            return 0;
        }
        return regressors[state] == null ? 1 : regressors[state][t];
    }
}
