package org.betadrift.diagnostic;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** One diagnostic's finding. Immutable. */
public final class DiagnosticResult {
    /** How much a reader should care. */
    public enum Status {
        /** Nothing to do. */
        OK,
        /** Read the meaning before relying on the numbers. */
        CAUTION,
        /** The model contradicts the data, or the diagnostic could not run. */
        FAIL;

        /** Lower case, as in reports. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Status status;
    private final String meaning;
    private final double statistic;
    private final double pValue;
    private final List<Table> tables;

    private DiagnosticResult(Status status, String meaning, double statistic, double pValue, List<Table> tables) {
        this.status = Objects.requireNonNull(status, "status");
        this.meaning = Objects.requireNonNull(meaning, "meaning");
        this.statistic = statistic;
        this.pValue = pValue;
        this.tables = List.copyOf(tables);
    }

    /** @param meaning a sentence: what this status says about THIS run */
    public static DiagnosticResult of(Status status, String meaning, Table... tables) {
        return new DiagnosticResult(status, meaning, Double.NaN, Double.NaN, List.of(tables));
    }

    /** The same with the numbers of a test. */
    public DiagnosticResult withTest(double itsStatistic, double itsPValue) {
        return new DiagnosticResult(status, meaning, itsStatistic, itsPValue, tables);
    }

    /** How much a reader should care. */
    public Status status() {
        return status;
    }

    /** A sentence about this run. */
    public String meaning() {
        return meaning;
    }

    /** NaN where there is none. */
    public double statistic() {
        return statistic;
    }

    /** NaN where there is none. */
    public double pValue() {
        return pValue;
    }

    /** In report order. */
    public List<Table> tables() {
        return tables;
    }
}
