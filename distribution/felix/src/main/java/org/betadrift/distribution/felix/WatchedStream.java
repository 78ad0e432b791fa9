package org.betadrift.distribution.felix;

import java.io.IOException;
import java.io.OutputStream;

/** Remembers why writing failed, which a PrintStream does not: a result that is cut short must not end with exit code 0. */
final class WatchedStream extends OutputStream {

    private final OutputStream target;
    private IOException failure;

    WatchedStream(OutputStream target) {
        this.target = target;
    }

    /** The first failure, or null. */
    IOException failure() {
        return failure;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }
}
