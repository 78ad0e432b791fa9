package org.betadrift.shell.internal;

import java.util.function.Supplier;
import org.betadrift.data.PanelReader;
import org.betadrift.model.InvalidInputException;
import org.betadrift.report.ReportRenderer;
import org.betadrift.run.ExposureService;

/**
 * What the commands work with.
 *
 * @param service gives null while the runtime is away
 * @param history the runs the commands have made
 */
record Services(Supplier<ExposureService> service, ByName<PanelReader> readers, ByName<ReportRenderer> renderers, History history) {
    /** @throws InvalidInputException the runtime is away */
    ExposureService exposures() {
        ExposureService present = service.get();
        if (present == null) {
            throw new InvalidInputException("there is no ExposureService: start the bundle org.betadrift.runtime");
        }
        return present;
    }
}
