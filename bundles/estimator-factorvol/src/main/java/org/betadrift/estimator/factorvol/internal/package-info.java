/** State noise from the volatilities of the factors. */
package org.betadrift.estimator.factorvol.internal;
