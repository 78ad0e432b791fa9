/** Q and R by maximum likelihood. */
package org.betadrift.estimator.mle.internal;
