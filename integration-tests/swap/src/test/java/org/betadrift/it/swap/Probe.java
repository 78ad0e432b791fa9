package org.betadrift.it.swap;

/** Asks the system for the example's estimate, as somebody outside would. */
interface Probe {
    /** How an answer begins when there is one. */
    String ANSWERED = "log-likelihood ";

    /** {@link #ANSWERED}, the number to the last bit and what is missing all the same; or one line that says what is missing. */
    String ask() throws Exception;
}
