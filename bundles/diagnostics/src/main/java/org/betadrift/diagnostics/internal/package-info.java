/** What every run is summed up by: the two tables of seed 002. */
package org.betadrift.diagnostics.internal;
