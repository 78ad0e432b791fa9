package org.betadrift.data.internal;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A named column of one file.
 *
 * @param values one a date, NaN = missing; not copied, never written to; null in an unreadable column
 * @param unreadable why the column can't be used, null where it can
 * @param warnings what its user should know
 */
record Column(String name, String file, double[] values, String unreadable, List<String> warnings) {
    static Column of(String name, String file, double[] values) {
        return new Column(name, file, values, null, List.of());
    }

    Column unreadable(String why) {
        return new Column(name, file, null, why, warnings);
    }

    Column warned(String sentence) {
        return new Column(name, file, values, unreadable, Stream.concat(warnings.stream(), Stream.of(sentence)).toList());
    }

    boolean isReadable() {
        return unreadable == null;
    }

    /** For messages: {@code FILE column NAME}. */
    String place() {
        return Message.visible(file) + " column " + Message.visible(name);
    }

    /** The same column with other values; an unreadable one stays as it is. */
    Column map(UnaryOperator<double[]> change) {
        return isReadable() ? new Column(name, file, change.apply(values), null, warnings) : this;
    }
}
