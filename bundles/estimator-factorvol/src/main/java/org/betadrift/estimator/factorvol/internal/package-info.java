/** Noises from volatilities of factors, from rolling betas and from rolling residuals. */
package org.betadrift.estimator.factorvol.internal;
