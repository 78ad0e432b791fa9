package org.betadrift.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final List<LocalDate> DATES = List.of(LocalDate.of(2020, 1, 3), LocalDate.of(2020, 1, 10), LocalDate.of(2020, 1, 17));
    private static final double NAN = Double.NaN;

    private static ReturnPanel panel() {
        return ReturnPanel.builder(DATES).column("u", 1, NAN, 3).column("v", 4, 5, 6).column("a", 7, NAN, 9).column("b", 1, 2, 3)
                .unreadable("text", "file.csv:2 column text is \"x\"").build();
    }

    @Test
    void oneTarget() {
        Sample s = Sample.builder(panel()).target("u", List.of("a", "b")).intercept(true).build();
        assertThat(s.states().texts()).containsExactly("alpha", "a", "b");
        assertThat(s.y(1, 0)).isNaN();
        assertThat(s.h(2, 0, 0)).isEqualTo(1.0);
        assertThat(s.h(2, 0, 1)).isEqualTo(9.0);
        assertThat(s.observations()).isEqualTo(2);
        assertThat(s.column("v")).containsExactly(4, 5, 6);
    }

    @Test
    void severalTargetsGetAlphasFirstThenFactorByFactor() {
        Sample s = Sample.builder(panel()).target("u", List.of("a", "b")).target("v", List.of("b")).intercept(true).build();
        assertThat(s.states().texts()).containsExactly("alpha:u", "alpha:v", "a:u", "b:u", "b:v");
        assertThat(s.h(0, 1, 4)).isEqualTo(1.0);
        assertThat(s.h(0, 0, 4)).isZero();
        assertThat(s.target(4)).isEqualTo(1);
        assertThat(s.factors("v")).containsExactly("b");
        assertThatThrownBy(() -> s.factors("w")).hasMessageContaining("no target named w");
    }

    @Test
    void refusesWhatCannotBeEstimated() {
        assertThatThrownBy(() -> Sample.builder(panel()).target("v", List.of("a")).build()).isInstanceOf(InvalidInputException.class)
                .hasMessage("factor a on 2020-01-10 is missing, but target v is present on that date: fill the factor or blank the target");
        assertThatThrownBy(() -> Sample.builder(panel()).build()).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Sample.builder(panel()).target("u", List.of()).build()).hasMessageContaining("nothing to estimate");
        assertThatThrownBy(() -> Sample.builder(panel()).target("u", List.of("u")).build()).hasMessageContaining("the target itself");
        assertThatThrownBy(() -> Sample.builder(panel()).target("u", List.of("b", "b")).build()).hasMessageContaining("once");
        assertThatThrownBy(() -> Sample.builder(panel()).target("u", List.of("b")).target("u", List.of("b"))).hasMessageContaining("already");
    }

    @Test
    void anUnreadableColumnFailsOnlyWhenAskedFor() {
        assertThat(panel().names()).containsExactly("u", "v", "a", "b", "text");
        assertThatThrownBy(() -> panel().column("text")).isInstanceOf(InvalidInputException.class).hasMessage("file.csv:2 column text is \"x\"");
        assertThat(panel().scaled(2, List.of("v")).column("v")).containsExactly(8, 10, 12);
        assertThatThrownBy(() -> panel().scaled(2, List.of("v")).column("text")).hasMessageContaining("file.csv:2");
    }

    @Test
    void panelArithmetic() {
        assertThat(panel().minus("b", List.of("v")).column("v")).containsExactly(3, 3, 3);
        assertThat(panel().minus("b", List.of("v")).column("b")).containsExactly(1, 2, 3);
        assertThat(panel().minus("a", List.of("v")).column("v")[1]).isNaN();
    }

    @Test
    void panelsAreChecked() {
        assertThatThrownBy(() -> panel().column("x")).hasMessage("no column named x: did you mean u? present are u, v, a, b, text");
        assertThatThrownBy(() -> panel().column("returns")).hasMessage("no column named returns: present are u, v, a, b, text");
        assertThatThrownBy(() -> ReturnPanel.builder(DATES).column("a", 1)).hasMessageContaining("there are 3 dates");
        assertThatThrownBy(() -> ReturnPanel.builder(DATES).column("a", 1, Double.NEGATIVE_INFINITY, 2)).hasMessageContaining("a on 2020-01-10");
        assertThatThrownBy(() -> ReturnPanel.builder(List.of(DATES.get(1), DATES.get(0)))).hasMessageContaining("must come after 2020-01-10");
        assertThatThrownBy(() -> ReturnPanel.builder(DATES).column("a", 1, 2, 3).unreadable("a", "why")).hasMessageContaining("already");
    }

    @Test
    void panelsDontShareArrays() {
        ReturnPanel p = panel();
        p.column("b")[0] = 99;
        assertThat(p.column("b")[0]).isEqualTo(1.0);
    }
}
