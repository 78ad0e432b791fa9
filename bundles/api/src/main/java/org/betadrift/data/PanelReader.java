package org.betadrift.data;

import org.betadrift.model.ReturnPanel;
import org.osgi.annotation.versioning.ConsumerType;

/** Service: reads files of one kind, which is its name ({@code csv}). Stateless, thread-safe, deterministic. */
@ConsumerType
public interface PanelReader {
    /**
     * @throws org.betadrift.model.InvalidInputException a file is missing, empty or broken: file, line, the value, what to
     *     do. A column of which a cell is no number fails only when it is asked for (see ReturnPanel).
     */
    ReturnPanel read(PanelRequest request);
}
