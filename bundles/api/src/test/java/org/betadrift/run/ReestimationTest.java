package org.betadrift.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.filter.Retain;
import org.betadrift.model.ReturnPanel;
import org.junit.jupiter.api.Test;

class ReestimationTest {
    private static List<LocalDate> months(int n) {
        return IntStream.range(0, n).mapToObj(t -> LocalDate.of(2019, 1, 31).plusMonths(t)).toList();
    }

    /** First as soon as the rows are there, then on the rows up to each anniversary. */
    @Test
    void rowsOfEachVintage() {
        assertThat(new Reestimation(Period.ofYears(1), 6).rows(months(30))).containsExactly(6, 18);
        assertThat(new Reestimation(Period.ofYears(1), 6).rows(months(31))).containsExactly(6, 18, 30);
        assertThat(new Reestimation(Period.ofMonths(3), 2).rows(months(9))).containsExactly(2, 5, 8);
    }

    /** Whether there is a vintage at a date depends on no later date. */
    @Test
    void laterRowsDontMatter() {
        List<LocalDate> dates = months(40);
        List<Integer> all = new Reestimation(Period.ofMonths(4), 5).rows(dates);
        for (int n = 6; n < 40; n++) {
            int rows = n;
            assertThat(new Reestimation(Period.ofMonths(4), 5).rows(dates.subList(0, n))).isEqualTo(all.stream().filter(v -> v < rows).toList());
        }
    }

    /** A gap longer than the period makes one vintage, not several of the same rows. */
    @Test
    void gapsAreJumped() {
        List<LocalDate> dates = List.of(LocalDate.of(2020, 1, 1), LocalDate.of(2020, 1, 2), LocalDate.of(2023, 6, 1), LocalDate.of(2023, 6, 2),
                LocalDate.of(2024, 1, 2), LocalDate.of(2024, 1, 3));
        assertThat(new Reestimation(Period.ofYears(1), 1).rows(dates)).containsExactly(1, 2, 4);
        assertThat(new Reestimation(Period.ofYears(1), 2).rows(dates)).containsExactly(2, 5);
    }

    @Test
    void wrongOnesAreRefused() {
        assertThatThrownBy(() -> new Reestimation(Period.ZERO, 5)).hasMessageContaining("time between re-estimations is P0D");
        assertThatThrownBy(() -> new Reestimation(Period.ofYears(1), 0)).hasMessageContaining("rows of the first estimation is 0");
        assertThatThrownBy(() -> new Reestimation(Period.ofYears(1), 5).rows(months(5))).hasMessageContaining("the sample has 5");
    }

    @Test
    void whatPointInTimeCantDoIsRefusedWithTheReason() {
        Recipe.Builder b = Recipe.builder().target("y", "x").initial("ols").observationNoise("ols").stateNoise("factor-vol")
                .pointInTime(new Reestimation(Period.ofYears(1), 60));
        assertThat(b.build().pointInTime().orElseThrow().minimumRows()).isEqualTo(60);
        assertThatThrownBy(() -> b.smooth(true).build()).hasMessageContaining("smooth is true, but a point-in-time run has another model on each");
        assertThatThrownBy(() -> b.smooth(false).elapsed(true).build()).hasMessageContaining("elapsed is true, but a vintage doesn't know");
        assertThatThrownBy(() -> b.elapsed(false).retain(Retain.FINAL).build()).hasMessageContaining("retain is FINAL");
    }

    @Test
    void thePanelOfThen() {
        ReturnPanel panel = ReturnPanel.builder(months(3)).column("y", 1, 2, 3).unreadable("z", "no number").step("file").warning("y", "mind").build();
        ReturnPanel then = panel.first(2);
        assertThat(then.column("y")).containsExactly(1, 2);
        assertThat(then.dates()).hasSize(2);
        assertThat(then.steps()).containsExactly("file");
        assertThat(then.warnings("y")).containsExactly("mind");
        assertThatThrownBy(() -> then.column("z")).hasMessage("no number");
        assertThatThrownBy(() -> panel.first(4)).hasMessageContaining("number of rows is 4, but the panel has 3");
    }
}
