/**
 * The renderers {@code text} and {@code json}. The JSON is described by {@code META-INF/schema/estimate.schema.json}: not
 * beside the classes' parent package, which the api exports and a file would make this bundle export too.
 */
package org.betadrift.report.internal;
