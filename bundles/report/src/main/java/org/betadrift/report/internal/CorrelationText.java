package org.betadrift.report.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A covariance matrix as a table: a row a name, its standard deviation, and its correlation with each. Many names come in groups. */
final class CorrelationText {
    private final String title;
    private final List<String> names;
    private final Correlations correlations;

    /** @param title of what it is the covariance */
    CorrelationText(String title, List<String> names, Correlations correlations) {
        this.title = title;
        this.names = names;
        this.correlations = correlations;
    }

    List<String> lines(int width) {
        List<String> lines = new ArrayList<>(List.of(title + rank() + ": standard deviations and correlations"));
        int from = 0;
        while (from < names.size()) {
            int to = names.size();
            while (to > from + 1 && table(from, to).width() > width) {
                to--;
            }
            if (from > 0) {
                lines.add("");
            }
            lines.addAll(table(from, to).lines());
            from = to;
        }
        return lines;
    }

    /** A singular one is named: its parts move in fewer ways than there are of them. */
    private String rank() {
        int rank = correlations.rank();
        return rank == correlations.size() ? "" : ", rank " + rank + " of " + correlations.size();
    }

    /** The correlations with the names from one to before another; the standard deviations stand beside the first. */
    private TextTable table(int from, int to) {
        TextTable text = new TextTable().left("");
        if (from == 0) {
            text.right("Std");
        }
        names.subList(from, to).forEach(text::right);
        for (int i = 0; i < names.size(); i++) {
            List<String> row = new ArrayList<>(List.of(names.get(i)));
            row.addAll(from == 0 ? List.of(Numbers.significant(correlations.deviation(i))) : Collections.emptyList());
            for (int j = from; j < to; j++) {
                row.add(i == j ? "1" : Numbers.decimals(correlations.at(i, j)));
            }
            text.row(row);
        }
        return text;
    }
}
