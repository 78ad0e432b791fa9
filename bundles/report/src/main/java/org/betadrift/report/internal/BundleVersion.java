package org.betadrift.report.internal;

import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

/** The version a report shows. */
final class BundleVersion {
    private BundleVersion() { }

    /** major.minor.micro: the qualifier is a build's, no user's. */
    static String of(BundleContext context) {
        Version v = context.getBundle().getVersion();
        return v.getMajor() + "." + v.getMinor() + "." + v.getMicro();
    }
}
