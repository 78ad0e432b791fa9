package org.betadrift.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ElapsedTest {
    private static List<LocalDate> dates(long... days) {
        return LongStream.of(days).mapToObj(d -> LocalDate.of(2020, 1, 3).plusDays(d)).toList();
    }

    @Test
    void countsTheMedianDistance() {
        Elapsed weeks = Elapsed.of(dates(0, 7, 21, 28, 35));
        assertThat(weeks.medianDays()).isEqualTo(7);
        assertThat(weeks.factors()).containsExactly(1, 1, 2, 1, 1);
        assertThat(weeks.isEven()).isFalse();
    }

    @Test
    void anEvenNumberOfDistancesHasTheMeanOfTheMiddleTwo() {
        Elapsed two = Elapsed.of(dates(0, 1, 4));
        assertThat(two.medianDays()).isEqualTo(2);
        assertThat(two.factors()).containsExactly(1, 0.5, 1.5);
    }

    @Test
    void evenDatesNeedNoScaling() {
        assertThat(Elapsed.of(dates(0, 7, 14)).isEven()).isTrue();
        assertThat(Elapsed.of(dates(0)).isEven()).isTrue();
        assertThat(Elapsed.of(dates(0)).medianDays()).isNaN();
        assertThat(Elapsed.of(List.of()).factors()).isEmpty();
    }

    /** From there on, what it says of a date doesn't change when the dates after it are removed. */
    @Test
    void saysFromWhenTheMedianIsSettled() {
        List<LocalDate> dates = dates(0, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16);
        Elapsed whole = Elapsed.of(dates);
        assertThat(whole.settled()).isEqualTo(3); // 3, then (1 + 3) / 2, then 1 for good
        for (int t = whole.settled(); t < dates.size(); t++) {
            assertThat(Elapsed.of(dates.subList(0, t + 1)).factors()[t]).isEqualTo(whole.factors()[t]);
        }
        assertThat(Elapsed.of(dates.subList(0, 3)).factors()[2]).isNotEqualTo(whole.factors()[2]);
    }
}
