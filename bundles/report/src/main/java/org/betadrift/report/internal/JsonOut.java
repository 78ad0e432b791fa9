package org.betadrift.report.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.function.IntToDoubleFunction;

/** The few shapes the document is made of. A number that does not exist (NaN, infinite) is null. */
final class JsonOut implements Closeable {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            // the shortest digits that read back to the same double, the same on every JDK
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            // the stream is the caller's
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            // a run that fails half-way must not look like a whole document
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            // a pool keeps its buffers in the caller's threads, beyond the life of these bundles
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .build();

    /** Writes what is between two brackets. */
    interface Body {
        void write() throws IOException;
    }

    /** An entry of a matrix. */
    interface Entry {
        double at(int row, int column);
    }

    private final JsonGenerator g;

    private JsonOut(JsonGenerator g) {
        this.g = g;
    }

    static JsonOut to(OutputStream out) throws IOException {
        return new JsonOut(FACTORY.createGenerator(out).setPrettyPrinter(new OneKeyALine()));
    }

    void object(Body body) throws IOException {
        g.writeStartObject();
        body.write();
        g.writeEndObject();
    }

    void object(String key, Body body) throws IOException {
        g.writeFieldName(key);
        object(body);
    }

    void array(String key, Body body) throws IOException {
        g.writeFieldName(key);
        array(body);
    }

    private void array(Body body) throws IOException {
        g.writeStartArray();
        body.write();
        g.writeEndArray();
    }

    void text(String text) throws IOException {
        g.writeString(text);
    }

    /** @param text null = does not exist */
    void text(String key, String text) throws IOException {
        g.writeFieldName(key);
        g.writeString(text);
    }

    void texts(String key, Collection<String> texts) throws IOException {
        array(key, () -> {
            for (String text : texts) {
                text(text);
            }
        });
    }

    void flag(String key, boolean value) throws IOException {
        g.writeBooleanField(key, value);
    }

    void flag(boolean value) throws IOException {
        g.writeBoolean(value);
    }

    void integer(String key, long value) throws IOException {
        g.writeNumberField(key, value);
    }

    void nothing(String key) throws IOException {
        g.writeNullField(key);
    }

    void number(double value) throws IOException {
        if (Double.isFinite(value)) {
            g.writeNumber(value);
        } else {
            g.writeNull();
        }
    }

    void number(String key, double value) throws IOException {
        g.writeFieldName(key);
        number(value);
    }

    void vector(int size, IntToDoubleFunction element) throws IOException {
        array(() -> {
            for (int i = 0; i < size; i++) {
                number(element.applyAsDouble(i));
            }
        });
    }

    void vector(String key, int size, IntToDoubleFunction element) throws IOException {
        g.writeFieldName(key);
        vector(size, element);
    }

    void matrix(int rows, int columns, Entry entry) throws IOException {
        array(() -> {
            for (int i = 0; i < rows; i++) {
                int row = i;
                vector(columns, j -> entry.at(row, j));
            }
        });
    }

    void matrix(String key, int rows, int columns, Entry entry) throws IOException {
        g.writeFieldName(key);
        matrix(rows, columns, entry);
    }

    void endLine() throws IOException {
        g.writeRaw('\n');
    }

    /** Flushes and leaves the stream open. */
    @Override
    public void close() throws IOException {
        g.close();
    }
}
