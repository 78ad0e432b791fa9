package org.betadrift.shell.internal;

import java.util.List;
import java.util.Optional;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.model.BetadriftException;
import org.betadrift.run.Choice;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Vintage;

/** A maximisation did not converge, and {@code --strict} asked for that to be a failure (exit code 1). */
final class NotConvergedException extends BetadriftException {
    private static final long serialVersionUID = 1L;

    private NotConvergedException(String message) {
        super(message, null);
    }

    /** @throws NotConvergedException with the verdict, the first vintage's that failed; nothing where nothing was maximised */
    static void unlessConverged(ExposureRun run) {
        List<Vintage> failed = run.vintages().stream().filter(vintage -> failed(vintage.convergence())).toList();
        if (!failed.isEmpty()) {
            throw new NotConvergedException(strategy(run) + " has not converged in " + failed.size() + " of " + run.vintages().size()
                    + " vintages, first as of " + failed.get(0).asOf() + ": " + verdict(failed.get(0).convergence().orElseThrow()));
        }
        if (failed(run.convergence())) {
            throw new NotConvergedException(strategy(run) + " has not converged: " + verdict(run.convergence().orElseThrow()));
        }
    }

    private static boolean failed(Optional<ConvergenceRecord> record) {
        return record.filter(r -> !r.converged()).isPresent();
    }

    private static String strategy(ExposureRun run) {
        return "--joint " + run.recipe().joint().map(Choice::toString).orElse("");
    }

    private static String verdict(ConvergenceRecord record) {
        return record.suggestion().isBlank() ? record.verdict() : record.verdict().strip().replaceFirst("\\.$", "") + ": " + record.suggestion();
    }
}
