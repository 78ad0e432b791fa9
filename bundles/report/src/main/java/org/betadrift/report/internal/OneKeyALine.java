package org.betadrift.report.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.PrettyPrinter;
import java.io.IOException;

/**
 * A line for each key of the document and of its series, and for each element of a list right below the document; no
 * white space elsewhere, so that {@code grep} and {@code diff} work and the file stays small. Stateless.
 */
final class OneKeyALine implements PrettyPrinter {
    private static final String SERIES = "series";

    @Override
    public void writeRootValueSeparator(JsonGenerator g) {
        // a document is one value
    }

    @Override
    public void writeStartObject(JsonGenerator g) throws IOException {
        g.writeRaw('{');
    }

    @Override
    public void beforeObjectEntries(JsonGenerator g) throws IOException {
        breakLine(g, 0);
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator g) throws IOException {
        g.writeRaw(':');
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator g) throws IOException {
        g.writeRaw(',');
        breakLine(g, 0);
    }

    @Override
    public void writeEndObject(JsonGenerator g, int entries) throws IOException {
        if (entries > 0) {
            breakLine(g, -1);
        }
        g.writeRaw('}');
    }

    @Override
    public void writeStartArray(JsonGenerator g) throws IOException {
        g.writeRaw('[');
    }

    @Override
    public void beforeArrayValues(JsonGenerator g) throws IOException {
        breakLine(g, 0);
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator g) throws IOException {
        g.writeRaw(',');
        breakLine(g, 0);
    }

    @Override
    public void writeEndArray(JsonGenerator g, int values) throws IOException {
        if (values > 0) {
            breakLine(g, -1);
        }
        g.writeRaw(']');
    }

    private static void breakLine(JsonGenerator g, int levels) throws IOException {
        JsonStreamContext here = g.getOutputContext();
        if (here.inObject() ? isDocument(here) || isSeries(here) : isDocument(here.getParent())) {
            g.writeRaw('\n');
            g.writeRaw("  ".repeat(here.getNestingDepth() + levels));
        }
    }

    private static boolean isDocument(JsonStreamContext c) {
        return c.inObject() && c.getParent().inRoot();
    }

    private static boolean isSeries(JsonStreamContext c) {
        return isDocument(c.getParent()) && SERIES.equals(c.getParent().getCurrentName());
    }
}
