/** Initial state and observation noise by least squares on the whole sample, for one target. */
package org.betadrift.estimator.ols.internal;
