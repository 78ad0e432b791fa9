package org.betadrift.estimation;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an estimator found, from when on it is causal, and what the user should know about it. Immutable.
 *
 * @param <T> an initial state, a noise or both noises
 */
public final class Estimate<T> {
    private final T value;
    private final CausalFrom causalFrom;
    private final List<String> warnings;
    private final ConvergenceRecord convergence;

    private Estimate(T value, CausalFrom causalFrom, List<String> warnings, ConvergenceRecord convergence) {
        this.value = Objects.requireNonNull(value, "value");
        this.causalFrom = Objects.requireNonNull(causalFrom, "causalFrom");
        this.warnings = List.copyOf(warnings);
        this.convergence = convergence;
    }

    /** There is no default: every estimator says what it has seen. */
    public static <T> Estimate<T> of(T value, CausalFrom causalFrom) {
        return new Estimate<>(value, causalFrom, List.of(), null);
    }

    /** The same with one more sentence for the user. */
    public Estimate<T> withWarning(String sentence) {
        return new Estimate<>(value, causalFrom, Stream.concat(warnings.stream(), Stream.of(sentence)).toList(), convergence);
    }

    /** The same with the story of its maximisation. */
    public Estimate<T> withConvergence(ConvergenceRecord record) {
        return new Estimate<>(value, causalFrom, warnings, record);
    }

    /** What was estimated. */
    public T value() {
        return value;
    }

    /** From which date on the value uses no later row. */
    public CausalFrom causalFrom() {
        return causalFrom;
    }

    /** Sentences, in the order they arose. */
    public List<String> warnings() {
        return warnings;
    }

    /** Empty where nothing was maximised. */
    public Optional<ConvergenceRecord> convergence() {
        return Optional.ofNullable(convergence);
    }
}
