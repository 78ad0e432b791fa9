/**
 * The engines, and the strategies by which a user gives a model's parts directly.
 *
 * <p>A likelihood of one target: {@code FlatEvaluator} is the border, {@code FlatModel} the numbers, {@code FastPass} and
 * {@code UdPass} go forward and leave a {@code Tape}, {@code ScorePass} goes back over it for the score, {@code SensitivityPass}
 * forward for the information.
 */
package org.betadrift.filter.internal;
