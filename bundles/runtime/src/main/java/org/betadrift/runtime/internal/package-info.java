/**
 * The ExposureService: a {@code Registry} of the strategies that are present, the {@code Parts} one run picked from it,
 * and the {@code Pipeline} from a sample to a run. Data flows one way: recipe, registry, parts, pipeline.
 */
package org.betadrift.runtime.internal;
