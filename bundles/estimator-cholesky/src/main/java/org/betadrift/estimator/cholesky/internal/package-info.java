/** V and W of several assets by joint maximum likelihood through Cholesky factors. */
package org.betadrift.estimator.cholesky.internal;
