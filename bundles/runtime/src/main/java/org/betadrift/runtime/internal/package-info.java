/**
 * The ExposureService: a {@code Registry} of {@code Offer}s (the strategies that are present), the {@code Parts} one run
 * picked from it, the {@code Pipeline} from a sample to a result, and the {@code Run} around it that can be watched and
 * cancelled. Data flows one way: recipe, registry, parts, pipeline, run.
 */
package org.betadrift.runtime.internal;
