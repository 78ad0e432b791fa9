package org.betadrift.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.betadrift.diagnostic.Table;

/**
 * A diagnostic's table within a width: as it is; else lying on its side, which reads best for a few rows of many
 * numbers; else in groups of columns one below the other, the words repeated. What is the same in every row is said once.
 */
final class DiagnosticTable {
    /** The one number that several targets have together. */
    private static final String OF_ALL_TARGETS = "cumulativeLogLikelihood";

    private final Table table;
    private final List<List<String>> cells = new ArrayList<>(); // by column
    private final List<Integer> said = new ArrayList<>();       // columns of words that are the same in every row
    private final List<Integer> words = new ArrayList<>();      // the other columns of words
    private final List<Integer> numbers = new ArrayList<>();    // columns of numbers

    DiagnosticTable(Table table) {
        this.table = table;
        boolean measures = table.rows() > 1 && table.columns().stream().anyMatch(Table.Column::numeric);
        for (int c = 0; c < table.columns().size(); c++) {
            cells.add(column(c));
            boolean same = measures && Set.copyOf(cells.get(c)).size() == 1;
            boolean ofAll = same && table.columns().get(c).key().equals(OF_ALL_TARGETS);
            (isNumeric(c) ? ofAll ? said : numbers : same ? said : words).add(c);
        }
    }

    /** {@code factor-dynamics} becomes {@code Factor dynamics}. */
    String heading() {
        String name = table.name().replace('-', ' ');
        return name.isEmpty() ? name : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    List<String> lines(int width) {
        if (table.rows() == 0) {
            return List.of("(no rows)");
        }
        List<String> lines = new ArrayList<>();
        said.forEach(c -> lines.add(title(c) + ": " + cells.get(c).get(0)));
        TextTable upright = upright(IntStream.range(0, cells.size()).boxed().filter(c -> !said.contains(c)).toList());
        TextTable onItsSide = onItsSide();
        lines.addAll(upright.width() <= width ? upright.lines() : onItsSide.width() <= width ? onItsSide.lines() : grouped(width));
        return lines;
    }

    private TextTable upright(List<Integer> columns) {
        TextTable text = new TextTable();
        for (int c : columns) {
            if (isNumeric(c)) {
                text.right(title(c));
            } else {
                text.left(title(c));
            }
        }
        for (int r = 0; r < table.rows(); r++) {
            int row = r;
            text.row(columns.stream().map(c -> cells.get(c).get(row)).toList());
        }
        return text;
    }

    private TextTable onItsSide() {
        TextTable text = new TextTable().left("");
        for (int r = 0; r < table.rows(); r++) {
            text.right("");
        }
        Stream.concat(words.stream(), numbers.stream()).forEach(c -> {
            List<String> line = new ArrayList<>(List.of(title(c)));
            line.addAll(cells.get(c));
            text.row(line);
        });
        return text;
    }

    private List<String> grouped(int width) {
        List<String> lines = new ArrayList<>();
        List<Integer> group = new ArrayList<>(words);
        for (int c : numbers) {
            group.add(c);
            if (group.size() > words.size() + 1 && upright(group).width() > width) {
                group.remove(group.size() - 1);
                lines.addAll(upright(group).lines());
                lines.add("");
                group = new ArrayList<>(words);
                group.add(c);
            }
        }
        lines.addAll(upright(group).lines());
        return lines;
    }

    private String title(int column) {
        return table.columns().get(column).title();
    }

    private boolean isNumeric(int column) {
        return table.columns().get(column).numeric();
    }

    /** A column of counts only (lags, observations) has no decimals. */
    private List<String> column(int c) {
        List<Object> values = IntStream.range(0, table.rows()).mapToObj(r -> table.cell(r, c)).toList();
        if (!isNumeric(c)) {
            return values.stream().map(String::valueOf).toList();
        }
        boolean counts = values.stream().map(Double.class::cast).allMatch(x -> x.isNaN() || Numbers.isInteger(x));
        return values.stream().map(Double.class::cast).map(x -> counts ? Numbers.significant(x) : Numbers.decimals(x)).toList();
    }
}
