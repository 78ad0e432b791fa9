package org.betadrift.distribution.felix;

/** The framework or the command line did not come up; the message is written for the user. */
final class StartException extends Exception {

    private static final long serialVersionUID = 1;

    StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
