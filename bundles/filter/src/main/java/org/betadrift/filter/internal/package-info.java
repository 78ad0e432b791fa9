/** The covariance engine, and the strategies by which a user gives a model's parts directly. */
package org.betadrift.filter.internal;
