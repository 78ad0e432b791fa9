/** Initial state and observation noise by least squares, on the whole sample or on the past alone, for one target. */
package org.betadrift.estimator.ols.internal;
