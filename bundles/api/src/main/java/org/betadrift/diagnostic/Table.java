package org.betadrift.diagnostic;

import java.util.ArrayList;
import java.util.List;
import org.betadrift.model.InvalidInputException;

/** Named columns of text or numbers. A column has a key (JSON, code: {@code averageBeta}) and a title (people: {@code Avg Beta}). Immutable. */
public final class Table {
    /**
     * @param key for programs
     * @param title for people
     * @param numeric cells are Double (NaN = does not exist), else String
     */
    public record Column(String key, String title, boolean numeric) { }

    private final String name;
    private final List<Column> columns;
    private final List<List<Object>> rows;

    private Table(String name, List<Column> columns, List<List<Object>> rows) {
        this.name = name;
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
    }

    /** @param name lower-case words with hyphens, unique in a run */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Unique in a run. */
    public String name() {
        return name;
    }

    /** In order. */
    public List<Column> columns() {
        return columns;
    }

    /** Number of rows. */
    public int rows() {
        return rows.size();
    }

    /** Double or String: for writers that go over {@link #columns()} by position. */
    public Object cell(int row, int column) {
        return rows.get(row).get(column);
    }

    /** A number by key. @throws InvalidInputException that lists the number columns there are */
    public double number(int row, String key) {
        return (Double) cell(row, column(key, true));
    }

    /** A text by key. @throws InvalidInputException that lists the text columns there are */
    public String text(int row, String key) {
        return (String) cell(row, column(key, false));
    }

    private int column(String key, boolean numeric) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).key().equals(key) && columns.get(i).numeric() == numeric) {
                return i;
            }
        }
        throw InvalidInputException.unknown((numeric ? "number" : "text") + " column of " + name, key,
                columns.stream().filter(c -> c.numeric() == numeric).map(Column::key).toList());
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final List<Column> columns = new ArrayList<>();
        private final List<List<Object>> rows = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        /** Adds a column of text. */
        public Builder text(String key, String title) {
            columns.add(new Column(key, title, false));
            return this;
        }

        /** Adds a column of numbers. */
        public Builder number(String key, String title) {
            columns.add(new Column(key, title, true));
            return this;
        }

        /** Cells in column order: Number in a number column, anything else by its text. */
        public Builder row(Object... cells) {
            if (cells.length != columns.size()) {
                throw InvalidInputException.of("number of cells", cells.length, name + " has " + columns.size() + " columns", "pass one cell a column");
            }
            List<Object> row = new ArrayList<>();
            for (int i = 0; i < cells.length; i++) {
                row.add(columns.get(i).numeric() ? (Object) ((Number) cells[i]).doubleValue() : String.valueOf(cells[i]));
            }
            rows.add(List.copyOf(row));
            return this;
        }

        /** May be used again afterwards. */
        public Table build() {
            return new Table(name, columns, rows);
        }
    }
}
