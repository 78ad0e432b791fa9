package org.betadrift.report.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.betadrift.run.Audit;
import org.betadrift.run.Audit.Change;

/** What came of a test for look-ahead, and the worst of what changed. */
final class AuditText {
    private final Audit audit;
    private final List<String> lookAhead;

    /** @param lookAhead the parts that use the whole sample */
    AuditText(Audit audit, List<String> lookAhead) {
        this.audit = audit;
        this.lookAhead = lookAhead;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(wrapped(sentence()));
        if (!audit.changes().isEmpty()) {
            lines.add("");
            lines.addAll(changes());
        }
        if (!audit.failures().isEmpty()) {
            Map.Entry<LocalDate, String> first = audit.failures().entrySet().iterator().next();
            lines.addAll(wrapped("With so few rows the run fails at " + Words.count(audit.failures().size(), "more date") + ", first on " + first.getKey()
                    + ": " + first.getValue()));
        }
        return lines;
    }

    private static List<String> wrapped(String sentence) {
        return Words.wrap(List.of(sentence.split(" ")), " ", Page.BODY);
    }

    private String sentence() {
        if (audit.claim().isNever()) {
            return "Nothing is claimed: " + (lookAhead.isEmpty() ? "some part uses" : Words.and(lookAhead) + (lookAhead.size() == 1 ? " uses" : " use"))
                    + " the whole sample. " + (audit.changes().isEmpty() ? "Without the rows after " + cuts() + " no value changed all the same."
                            : "Without the rows after " + cuts() + " these values changed most:");
        }
        if (audit.cuts().isEmpty()) {
            return "Not tested: there is no date to cut at that the claim (" + audit.claim() + ") covers.";
        }
        return audit.isBroken() ? "Broken: the run says it is " + audit.claim() + ", but without the rows after " + cuts() + " a value up to there changed:"
                : "Holds: the run says it is " + audit.claim() + ", and without the rows after " + cuts()
                        + " no predicted or filtered value up to there changed.";
    }

    private String cuts() {
        int n = audit.cuts().size();
        return n == 0 ? "any date" : n == 1 ? audit.cuts().get(0) + " (seed " + audit.seed() + ")"
                : "any of " + n + " dates (" + audit.cuts().get(0) + " to " + audit.cuts().get(n - 1) + ", seed " + audit.seed() + ")";
    }

    /** The worst of each state and quantity over all cuts. */
    private List<String> changes() {
        Map<String, Change> worst = new LinkedHashMap<>();
        for (Change change : audit.changes()) {
            worst.merge(change.state() + "\n" + change.quantity(), change,
                    (a, b) -> Comparator.comparingDouble(AuditText::distance).compare(a, b) >= 0 ? a : b);
        }
        TextTable text = new TextTable().left("State").left("What").left("Date").right("In the run").right("Without later rows")
                .right("Apart").left("Cut after");
        worst.values().forEach(c -> text.row(c.state(), c.quantity(), c.date().toString(), Numbers.significant(c.whole()),
                Numbers.significant(c.truncated()), Numbers.significant(Math.abs(c.whole() - c.truncated())), c.cut().toString()));
        return text.lines();
    }

    private static double distance(Change change) {
        double distance = Math.abs(change.whole() - change.truncated());
        return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }
}
