package org.betadrift.run;

import java.time.LocalDate;
import java.util.Optional;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.model.StateSpaceModel;

/**
 * One estimation of a point-in-time run.
 *
 * @param asOf date of the last row it has seen
 * @param from first date it serves, the one after
 * @param to last date it serves
 * @param model what it found; a noise that varies goes up to the last date it serves
 * @param convergence of the joint strategy; empty where nothing was maximised
 */
public record Vintage(LocalDate asOf, LocalDate from, LocalDate to, StateSpaceModel model, Optional<ConvergenceRecord> convergence) { }
