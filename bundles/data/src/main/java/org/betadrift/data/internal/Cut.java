package org.betadrift.data.internal;

import java.time.LocalDate;
import org.betadrift.data.PanelRequest;

/** The dates that are wanted, both ends included; an open end is {@code LocalDate.MIN} or {@code MAX}. */
record Cut(LocalDate first, LocalDate last) {
    static Cut of(PanelRequest request) {
        return new Cut(request.from().orElse(LocalDate.MIN), request.to().orElse(LocalDate.MAX));
    }

    boolean holds(LocalDate date) {
        return !date.isBefore(first) && !date.isAfter(last);
    }

    /** For messages: {@code from 2015-01-01 to 2016-01-01}, without an open end. */
    @Override
    public String toString() {
        String from = first.equals(LocalDate.MIN) ? "" : "from " + first;
        String to = last.equals(LocalDate.MAX) ? "" : "to " + last;
        return (from + " " + to).strip();
    }
}
