package org.betadrift.shell.internal;

import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.model.BetadriftException;
import org.betadrift.run.Choice;
import org.betadrift.run.ExposureRun;

/** A maximisation did not converge, and {@code --strict} asked for that to be a failure (exit code 1). */
final class NotConvergedException extends BetadriftException {
    private static final long serialVersionUID = 1L;

    private NotConvergedException(String message) {
        super(message, null);
    }

    /** @throws NotConvergedException with the verdict; nothing where nothing was maximised */
    static void unlessConverged(ExposureRun run) {
        run.convergence().filter(record -> !record.converged()).ifPresent(record -> {
            throw new NotConvergedException(strategy(run) + " has not converged: " + verdict(record));
        });
    }

    private static String strategy(ExposureRun run) {
        return "--joint " + run.recipe().joint().map(Choice::toString).orElse("");
    }

    private static String verdict(ConvergenceRecord record) {
        return (record.verdict().strip() + " " + record.suggestion().strip()).strip();
    }
}
