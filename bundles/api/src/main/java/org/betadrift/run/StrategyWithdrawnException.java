package org.betadrift.run;

import java.time.Duration;
import org.betadrift.model.BetadriftException;

/** The bundle of a strategy was stopped and the run inside it outlived the drain bound. Run it again. */
public class StrategyWithdrawnException extends BetadriftException {
    private static final long serialVersionUID = 1L;

    /**
     * @param strategy the one that left
     * @param bound how long its leaving was held up
     * @param cause what the run died of, may be null
     */
    public StrategyWithdrawnException(StrategyInfo strategy, Duration bound, Throwable cause) {
        super(strategy.role() + " " + strategy.name() + " of bundle " + strategy.bundle() + " left while the run was inside it, and the run went on for more than "
                + bound.toSeconds() + " s: run it again", cause);
    }
}
