package org.betadrift.report.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.betadrift.filter.StatePath;

/** A line a state: a sparkline as long as there is room for, its extremes and its end, and whatever else is known of the state. */
final class PathTable {
    private static final int SPARKLINE = 60;
    private static final int SHORTEST_SPARKLINE = 20;

    private final StatePath path;
    private final int burnIn;
    private final List<String> titles;
    private final IntFunction<List<String>> more;
    private final double zero;

    /** @param burnIn dates left out, as in every table */
    PathTable(StatePath path, int burnIn) {
        this(path, burnIn, 0, List.of(), k -> List.of());
    }

    /**
     * @param zero what is no larger is shown as 0: rounding of a value that lies on a limit
     * @param titles of further columns
     * @param more their cells, of a state
     */
    PathTable(StatePath path, int burnIn, double zero, List<String> titles, IntFunction<List<String>> more) {
        this.path = path;
        this.burnIn = burnIn;
        this.zero = zero;
        this.titles = titles;
        this.more = more;
    }

    List<String> lines() {
        List<Sparkline> lines = path.states().texts().stream().map(name -> new Sparkline(counted(path.of(name)))).toList();
        int places = Math.max(SHORTEST_SPARKLINE, Math.min(SPARKLINE, Page.BODY - table(lines, 0).width()));
        return table(lines, places).lines();
    }

    private double[] counted(double[] all) {
        return Arrays.stream(all, Math.min(burnIn, all.length), all.length).map(x -> Math.abs(x) <= zero ? 0 : x).toArray();
    }

    private TextTable table(List<Sparkline> lines, int places) {
        TextTable text = new TextTable().left("").left("").right("min").right("max").right("last");
        titles.forEach(text::right);
        for (int k = 0; k < lines.size(); k++) {
            Sparkline line = lines.get(k);
            List<String> row = new ArrayList<>(List.of(path.states().texts().get(k), line.blocks(places), Numbers.decimals(line.min()),
                    Numbers.decimals(line.max()), Numbers.decimals(line.last())));
            row.addAll(more.apply(k));
            text.row(row);
        }
        return text;
    }
}
