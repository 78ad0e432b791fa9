package org.betadrift.distribution.felix;

/** Errors are one line each. */
final class OneLine {

    private OneLine() {}

    static String of(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
