package org.betadrift.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.betadrift.model.Matrix;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static Options of(Map<String, String> requested) {
        return Options.merge("s", new String[] {"window=20", "value", "floor=1e-6"}, Map.of("floor", 1e-5, "service.id", 7L), requested);
    }

    @Test
    void theRunOverridesTheConfigurationOverridesTheDeclaration() {
        assertThat(of(Map.of()).asMap()).isEqualTo(Map.of("window", "20", "floor", "1.0E-5"));
        assertThat(of(Map.of("floor", "1e-4", "window", "12")).asMap()).isEqualTo(Map.of("window", "12", "floor", "1e-4"));
    }

    @Test
    void undeclaredAndMissing() {
        assertThatThrownBy(() -> of(Map.of("windo", "3"))).isInstanceOf(OptionException.class)
                .hasMessage("no option named windo of s: did you mean window? present are floor, value, window");
        assertThatThrownBy(() -> of(Map.of()).text("value")).hasMessage("option value of s has no default: write s:...");
        assertThat(of(Map.of()).has("value")).isFalse();
    }

    @Test
    void numbers() {
        assertThat(of(Map.of()).number("window", 1, 100)).isEqualTo(20.0);
        assertThatThrownBy(() -> of(Map.of("window", "0")).number("window", 1, 100)).hasMessageContaining("must lie in [1.0, 100.0]");
        assertThatThrownBy(() -> of(Map.of("window", "NaN")).number("window", 1, 100)).hasMessageContaining("no finite number");
        assertThat(of(Map.of("value", "1,2e-3, 4")).numbers("value")).containsExactly(1, 2e-3, 4);
        assertThatThrownBy(() -> of(Map.of("value", "1,,2")).numbers("value")).hasMessageContaining("\"\" is no finite number");
        assertThatThrownBy(() -> of(Map.of("value", "1,2")).numbers("value", 3, "the states [a, b, c]"))
                .hasMessage("option value of s is 1,2, but it must have one number for each of the states [a, b, c] (3)");
    }

    @Test
    void wholeNumbersAndWords() {
        assertThat(of(Map.of()).whole("window", 2, 100)).isEqualTo(20);
        assertThat(of(Map.of("window", "12.0")).whole("window", 2, Integer.MAX_VALUE)).isEqualTo(12);
        assertThatThrownBy(() -> of(Map.of("window", "12.5")).whole("window", 2, Integer.MAX_VALUE))
                .hasMessage("option window of s is 12.5, but it must be a whole number of at least 2");
        assertThatThrownBy(() -> of(Map.of("window", "1")).whole("window", 2, 100)).hasMessageContaining("a whole number from 2 to 100");
        assertThat(of(Map.of("value", "seed")).oneOf("value", "unbiased", "seed")).isEqualTo("seed");
        assertThatThrownBy(() -> of(Map.of("value", "Seed")).oneOf("value", "unbiased", "seed"))
                .isInstanceOf(OptionException.class).hasMessage("option value of s is Seed, but it must be one of unbiased, seed");
    }

    @Test
    void variancesMayBeInfiniteWhereThatIsAllowed() {
        List<String> ab = List.of("a", "b");
        assertThat(of(Map.of("value", "1, inf")).variancesOrInfinite("value", ab, "states")).containsExactly(1, Double.POSITIVE_INFINITY);
        assertThatThrownBy(() -> of(Map.of("value", "1,inf")).variances("value", ab, "states")).hasMessageContaining("\"inf\" is no finite number");
        assertThatThrownBy(() -> of(Map.of("value", "1,-inf")).variancesOrInfinite("value", ab, "states")).hasMessageContaining("\"-inf\" is no finite number");
        assertThatThrownBy(() -> of(Map.of("value", "inf")).variancesOrInfinite("value", ab, "states")).hasMessageContaining("the states [a, b] (2)");
        assertThatThrownBy(() -> of(Map.of("value", "inf,-1")).variancesOrInfinite("value", ab, "states")).hasMessageContaining("the variance of b can't be negative");
    }

    @Test
    void matrices() {
        assertThat(of(Map.of("value", "1,2/3,4")).matrix("value", 2, "states")).isEqualTo(Matrix.of(2, 2, 1, 2, 3, 4));
        assertThatThrownBy(() -> of(Map.of("value", "1,2/3")).matrix("value", 2, "states")).hasMessageContaining("2 x 2, rows separated by /");
        assertThatThrownBy(() -> of(Map.of("value", "1,2,3,4")).matrix("value", 2, "states")).hasMessageContaining("2 x 2");
    }

    @Test
    void causality() {
        ReturnPanel panel = ReturnPanel.builder(List.of(LocalDate.of(2020, 1, 1), LocalDate.of(2020, 1, 2))).column("y", 1, 2).column("x", 1, 2).build();
        Sample sample = Sample.builder(panel).target("y", List.of("x")).build();
        CausalFrom second = CausalFrom.afterRows(sample, 2);
        assertThat(second.and(CausalFrom.always())).isEqualTo(second);
        assertThat(CausalFrom.afterRows(sample, 1).and(second)).isEqualTo(second);
        assertThat(second.and(CausalFrom.never()).isNever()).isTrue();
        assertThat(second).hasToString("causal from 2020-01-02");
        assertThat(CausalFrom.always()).hasToString("causal");
        assertThat(CausalFrom.never()).hasToString("uses the whole sample");
        assertThatThrownBy(() -> CausalFrom.afterRows(sample, 3)).hasMessageContaining("the sample has 2");
    }
}
