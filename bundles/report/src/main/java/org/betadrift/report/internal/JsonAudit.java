package org.betadrift.report.internal;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.betadrift.run.Audit;
import org.betadrift.run.Audit.Change;

/** The block {@code audit}. */
final class JsonAudit {
    private final Audit audit;
    private final String claim;
    private final List<String> lookAhead;
    private final JsonOut out;

    /**
     * @param claim the date from which on the run says that it is causal; null for never
     * @param lookAhead the roles that use the whole sample
     */
    JsonAudit(Audit audit, String claim, List<String> lookAhead, JsonOut out) {
        this.audit = audit;
        this.claim = claim;
        this.lookAhead = lookAhead;
        this.out = out;
    }

    void write() throws IOException {
        out.text("verdict", audit.isBroken() ? "broken" : audit.holds() ? "holds" : audit.claim().isNever() ? "no-claim" : "not-tested");
        out.text("causalFrom", claim);
        out.texts("lookAhead", lookAhead);
        out.integer("seed", audit.seed());
        out.texts("cuts", audit.cuts().stream().map(LocalDate::toString).toList());
        out.array("failures", () -> {
            for (Map.Entry<LocalDate, String> failure : audit.failures().entrySet()) {
                out.object(() -> {
                    out.text("cut", failure.getKey().toString());
                    out.text("reason", failure.getValue());
                });
            }
        });
        out.array("changes", () -> {
            for (Change change : audit.changes()) {
                out.object(() -> change(change));
            }
        });
    }

    private void change(Change change) throws IOException {
        out.text("cut", change.cut().toString());
        out.text("date", change.date().toString());
        out.text("state", change.state());
        out.text("quantity", change.quantity());
        out.number("whole", change.whole());
        out.number("truncated", change.truncated());
    }
}
