/**
 * Writing a run for people and programs. What a report contains is the renderer's affair; renderers are met as services
 * by name ({@code text}, {@code json}).
 */
@Export
@Version("1.0.0")
package org.betadrift.report;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
