/**
 * The engines, the smoother, the forecaster and the simulator, and the strategies by which a user gives a model's parts directly.
 *
 * <p>A filter: {@code ForwardPass} drives a {@code Kernel} over {@code Rows}. {@code UdFactor} is the exact kernel's covariance,
 * {@code BackwardSteps} undoes its steps for the smoother ({@code BackwardPass}) and the simulator.
 *
 * <p>A likelihood of one target: {@code FlatEvaluator} is the border, {@code FlatModel} the numbers, {@code FastPass} and
 * {@code UdPass} go forward and leave a {@code Tape}, {@code ScorePass} goes back over it for the score, {@code SensitivityPass}
 * forward for the information.
 */
package org.betadrift.filter.internal;
