/**
 * The command line and the same commands for Gogo. A command is a picocli class over {@code Services}; {@code Commands}
 * runs one and turns every outcome into text and an exit code.
 */
package org.betadrift.shell.internal;
