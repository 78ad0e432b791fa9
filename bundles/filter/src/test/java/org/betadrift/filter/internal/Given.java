package org.betadrift.filter.internal;

import java.util.List;
import java.util.stream.Collectors;

/** Numbers a user might give, each bound to a name and not to a place. */
final class Given {
    private Given() { }

    /** {@code 1e-4,2e-4}: one a name. */
    static String variances(List<String> names) {
        return names.stream().map(Given::variance).map(String::valueOf).collect(Collectors.joining(","));
    }

    /** {@code 1,0.1/0.1,1}: a row a name, equally correlated. */
    static String matrix(List<String> names) {
        return names.stream().map(row -> names.stream()
                .map(column -> String.valueOf((row.equals(column) ? 1 : 0.2) * Math.sqrt(variance(row) * variance(column))))
                .collect(Collectors.joining(","))).collect(Collectors.joining("/"));
    }

    private static double variance(String name) {
        return 1e-4 * (1 + Math.floorMod(name.hashCode(), 7));
    }
}
