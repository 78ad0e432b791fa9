/**
 * The values everything else talks in: a panel, a sample, a model, and what each is made of.
 *
 * <p>The model is {@code beta_t = c + T_t beta_{t-1} + eta_t, eta_t ~ N(0, Q_t)} and {@code y_t = H_t beta_t + eps_t,
 * eps_t ~ N(0, R_t)}, with K states, m targets and n dates; observation dates are {@code t = 0..n-1}. A known initial
 * state is {@code (beta_0|0, P_0|0)}, BEFORE the first step: the first thing that happens is a predict. T_t and Q_t
 * belong to the predict INTO date t, H_t and R_t to date t. Constraints {@code A_t beta_t = c_t} hold on the observation dates, after the
 * predict and before y; the time-0 state isn't conditioned.
 *
 * <table>
 * <caption>Notation beside Durbin and Koopman (2012)</caption>
 * <tr><th>here</th><th>word</th><th>Durbin and Koopman</th></tr>
 * <tr><td>beta_t</td><td>state, exposures</td><td>alpha_t</td></tr>
 * <tr><td>H_t</td><td>observation matrix (a row of factor returns)</td><td>Z_t</td></tr>
 * <tr><td>T</td><td>transition</td><td>T</td></tr>
 * <tr><td>Q</td><td>state noise</td><td>R Q R'</td></tr>
 * <tr><td>R</td><td>observation noise</td><td>H (the classic trap)</td></tr>
 * <tr><td>beta_t|t-1, P_t|t-1</td><td>predicted</td><td>a_t, P_t</td></tr>
 * <tr><td>beta_t|t, P_t|t</td><td>filtered</td><td>a_t|t, P_t|t</td></tr>
 * <tr><td>y~_t, S_t, K_t</td><td>innovation, its covariance, gain</td><td>v_t, F_t, P_t Z_t' F_t^-1</td></tr>
 * </table>
 *
 * <p>Everything here is immutable and safe to share between threads. A missing value is {@code NaN}: allowed in y, and
 * in a factor only where every target that loads on it is missing too. Factories check all they are given and throw
 * {@link org.betadrift.model.InvalidInputException}, which names the argument, the value, the rule and the remedy.
 * Symmetric matrices are packed by rows of the lower triangle: (0,0), (1,0), (1,1), (2,0), ...
 */
@Export
@Version("1.0.0")
package org.betadrift.model;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
