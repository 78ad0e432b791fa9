package org.betadrift.model;

/** Root of every exception betadrift throws on purpose. The message is one line: what, where, the value, what to do. */
public abstract class BetadriftException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message one line
     * @param cause may be null
     */
    protected BetadriftException(String message, Throwable cause) {
        super(message, cause);
    }
}
