package org.betadrift.it.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.osgi.framework.FrameworkEvent;

/**
 * Whatever anybody says at warning level or above, by whichever road: slf4j (java.util.logging here), standard output and
 * error (Felix and SCR without a log service; Equinox with its console log on), framework events, dying threads.
 */
final class Log extends Handler {
    private final List<String> entries = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Logger root = Logger.getLogger("");
    private final List<Handler> handlers = List.of(root.getHandlers());
    private final Thread.UncaughtExceptionHandler dying = Thread.getDefaultUncaughtExceptionHandler();

    /** From now until it is closed. */
    Log() {
        handlers.forEach(root::removeHandler);
        root.addHandler(this);
        System.setOut(new PrintStream(new Lines(), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new Lines(), true, StandardCharsets.UTF_8));
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> add(thread + " died of " + stack(e)));
    }

    /** For the report of a test: where standard output really goes. */
    PrintStream console() {
        return out;
    }

    void add(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR || event.getType() == FrameworkEvent.WARNING) {
            add("framework: " + event.getBundle() + " " + (event.getThrowable() == null ? "" : stack(event.getThrowable())));
        }
    }

    private synchronized void add(String entry) {
        entries.add(entry);
    }

    /** What was said since the last time, and forget it. */
    synchronized List<String> take() {
        List<String> taken = List.copyOf(entries);
        entries.clear();
        return taken;
    }

    /** What was said below warning level since the last time, and forget it. */
    synchronized List<String> takeNotes() {
        List<String> taken = List.copyOf(notes);
        notes.clear();
        return taken;
    }

    private synchronized void note(String note) {
        notes.add(note);
    }

    /** Nothing was said since the last time. */
    void assertQuiet() {
        assertThat(take()).as("in the log").isEmpty();
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= Level.WARNING.intValue() || record.getThrown() != null) {
            add(record.getLoggerName() + ": " + record.getMessage() + (record.getThrown() == null ? "" : " " + stack(record.getThrown())));
        } else {
            note(new SimpleFormatter().formatMessage(record));
        }
    }

    @Override
    public void flush() { }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        root.removeHandler(this);
        handlers.forEach(root::addHandler);
        Thread.setDefaultUncaughtExceptionHandler(dying);
    }

    private static String stack(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** Each printed line is an entry. */
    private final class Lines extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(b);
            }
        }
    }
}
