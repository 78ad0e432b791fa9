/** Filter engines, the smoother, the forecaster and the simulator, and the strategies by which a user gives a model's parts directly. */
package org.betadrift.filter.internal;
