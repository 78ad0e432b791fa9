package org.betadrift.report;

import java.io.IOException;
import java.io.OutputStream;
import org.betadrift.run.ExposureRun;
import org.osgi.annotation.versioning.ConsumerType;

/** Service: writes a run in one format, which is its name. Stateless, thread-safe, deterministic. */
@ConsumerType
public interface ReportRenderer {
    /** Writes UTF-8 and flushes; does not close. */
    void render(ExposureRun run, RenderOptions options, OutputStream out) throws IOException;
}
