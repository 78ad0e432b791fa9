package org.betadrift.shell.internal;

import org.betadrift.data.PanelReader;
import org.betadrift.report.ReportRenderer;
import org.betadrift.run.ExposureService;

/**
 * What the commands work with.
 *
 * @param history the runs the commands have made
 */
record Services(ExposureService exposures, ByName<PanelReader> readers, ByName<ReportRenderer> renderers, History history) { }
