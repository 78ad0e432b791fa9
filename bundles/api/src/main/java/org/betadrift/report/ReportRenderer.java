package org.betadrift.report;

import java.io.IOException;
import java.io.OutputStream;
import org.betadrift.run.ExposureRun;
import org.osgi.annotation.versioning.ConsumerType;

/** Service: writes a run in one format, which is its name. Stateless, thread-safe, deterministic. */
@ConsumerType
public interface ReportRenderer {
    /**
     * Writes UTF-8 and flushes; does not close.
     *
     * @param run what to write; what does not exist in it (NaN) is written as such
     * @param options how
     * @param out not closed; after an IOException what it holds is incomplete
     * @throws IOException {@code out} failed
     */
    void render(ExposureRun run, RenderOptions options, OutputStream out) throws IOException;
}
