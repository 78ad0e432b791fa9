package org.betadrift.report.internal;

import java.io.IOException;
import java.util.Optional;
import org.betadrift.diagnostic.Table;
import org.betadrift.run.ExposureRun;

/** The block {@code restriction}: the tables of the diagnostic of that name. */
final class JsonRestriction {
    private final Optional<Table> tests;
    private final Optional<Table> levels;
    private final JsonOut out;

    JsonRestriction(ExposureRun run, JsonOut out) {
        tests = run.table("restriction");
        levels = run.table("restriction-levels");
        this.out = out;
    }

    boolean isPresent() {
        return tests.isPresent() && levels.isPresent();
    }

    void write() throws IOException {
        rows("tests", tests.orElseThrow());
        rows("levels", levels.orElseThrow());
    }

    private void rows(String key, Table table) throws IOException {
        out.array(key, () -> {
            for (int r = 0; r < table.rows(); r++) {
                int row = r;
                out.object(() -> {
                    for (int c = 0; c < table.columns().size(); c++) {
                        Table.Column column = table.columns().get(c);
                        if (column.numeric()) {
                            out.number(column.key(), (Double) table.cell(row, c));
                        } else {
                            out.text(column.key(), (String) table.cell(row, c));
                        }
                    }
                });
            }
        });
    }
}
