package org.betadrift.filter.internal;

import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lines and expressions of an unrolled kernel, with or without fused multiply-add. */
abstract class KernelWriter {
    final int k;
    final boolean fused;
    final StringBuilder out;

    KernelWriter(int k, boolean fused, StringBuilder out) {
        this.k = k;
        this.fused = fused;
        this.out = out;
    }

    /** first + sum of left_j right_j, j = 0..K-1. */
    final String sum(String first, IntFunction<String> left, IntFunction<String> right) {
        if (!fused) {
            String products = IntStream.range(0, k).mapToObj(j -> left.apply(j) + " * " + right.apply(j)).collect(Collectors.joining(" + "));
            return first == null ? products : first + " + " + products;
        }
        String sum = first;
        for (int j = 0; j < k; j++) {
            sum = sum == null ? left.apply(j) + " * " + right.apply(j) : mulAdd(left.apply(j), right.apply(j), sum);
        }
        return sum;
    }

    /** a b + c. */
    final String mulAdd(String a, String b, String c) {
        String bare = c.startsWith("(") ? c.substring(1, c.length() - 1) : c;
        return fused ? "fma(" + a + ", " + b + ", " + bare + ")" : c + " + " + a + " * " + b;
    }

    /** For i = 0..K-1. */
    final void each(IntConsumer lines) {
        IntStream.range(0, k).forEach(lines);
    }

    /** For the lower triangle by rows. */
    final void eachPair(Pair lines) {
        each(i -> IntStream.rangeClosed(0, i).forEach(j -> lines.accept(i, j)));
    }

    interface Pair {
        void accept(int i, int j);
    }

    final void line(int indent, String format, Object... values) {
        out.append("    ".repeat(indent)).append(format.formatted(values)).append('\n');
    }
}
