package org.betadrift.filter;

import org.betadrift.model.BetadriftException;

/** The host cancelled the run, or interrupted its thread (the interrupt flag is set again). */
public class CancelledException extends BetadriftException {
    private static final long serialVersionUID = 1L;

    /** @param where what was being done */
    public CancelledException(String where) {
        super("the run was cancelled during " + where, null);
    }
}
