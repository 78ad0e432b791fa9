/**
 * What a run says about itself: a diagnostic is a service that looks at a finished pass and returns a status with a
 * written meaning, and tables. A diagnostic that fails does not fail the run: the run reports it as a result of status
 * FAIL whose meaning is the error. One that needs more than the pass kept (an IllegalStateException of the
 * {@link org.betadrift.filter.FilterResult} under another {@link org.betadrift.filter.Retain} than ALL) is left out, with a
 * warning.
 */
@Export
@Version("1.0.0")
package org.betadrift.diagnostic;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
