package org.betadrift.shell.internal;

import org.betadrift.model.BetadriftException;
import org.betadrift.run.Audit;

/** A run says that it is causal, and an audit found that it isn't (exit code 1). */
final class LookAheadException extends BetadriftException {
    private static final long serialVersionUID = 1L;

    private LookAheadException(String message) {
        super(message, null);
    }

    /** @throws LookAheadException with the first value that changed; nothing where nothing is claimed */
    static void unlessClaimsHold(Audit audit) {
        if (audit.isBroken()) {
            Audit.Change change = audit.changes().get(0);
            throw new LookAheadException("look-ahead: the run says it is " + audit.claim() + ", but the " + change.quantity() + " of " + change.state()
                    + " on " + change.date() + " is " + change.whole() + ", and " + change.truncated() + " without the rows after " + change.cut()
                    + ": don't backtest with these strategies, or re-estimate point in time (--reestimate)");
        }
    }
}
