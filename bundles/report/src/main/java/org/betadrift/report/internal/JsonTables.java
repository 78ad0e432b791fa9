package org.betadrift.report.internal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.betadrift.diagnostic.Table;
import org.betadrift.run.ExposureRun;

/** The blocks {@code fit} and {@code factors}: rows of two diagnostic tables, by column key. */
final class JsonTables {
    private static final String TARGET = "target";
    private static final String FACTOR = "factor";

    private final Optional<Table> fit;
    private final Optional<Table> factors;
    private final boolean oneTarget;
    private final JsonOut out;

    JsonTables(ExposureRun run, JsonOut out) {
        this.fit = run.table("fit-summary").filter(t -> t.rows() > 0);
        this.factors = run.table("factor-dynamics");
        this.oneTarget = run.sample().targets().size() == 1;
        this.out = out;
    }

    void fit() throws IOException {
        if (fit.isEmpty()) {
            out.nothing("fit");
        } else if (oneTarget) {
            out.object("fit", () -> row(fit.get(), 0, Set.of()));
        } else {
            out.array("fit", () -> rows(fit.get(), Set.of(TARGET)));
        }
    }

    void factors() throws IOException {
        out.array("factors", () -> {
            if (factors.isPresent()) {
                rows(factors.get(), oneTarget ? Set.of(FACTOR) : Set.of(TARGET, FACTOR));
            }
        });
    }

    private void rows(Table table, Set<String> texts) throws IOException {
        for (int r = 0; r < table.rows(); r++) {
            int row = r;
            out.object(() -> row(table, row, texts));
        }
    }

    /** Every number, and the texts that tell rows apart: the others (a model's name, say) are for people. */
    private void row(Table table, int row, Set<String> texts) throws IOException {
        List<Table.Column> columns = table.columns();
        for (int c = 0; c < columns.size(); c++) {
            Table.Column column = columns.get(c);
            if (column.numeric()) {
                out.number(column.key(), (Double) table.cell(row, c));
            } else if (texts.contains(column.key())) {
                out.text(column.key(), (String) table.cell(row, c));
            }
        }
    }
}
