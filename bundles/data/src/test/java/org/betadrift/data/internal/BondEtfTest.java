package org.betadrift.data.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Set;
import org.betadrift.data.Frequency;
import org.betadrift.model.ReturnPanel;
import org.betadrift.testkit.SharedFolder;
import org.junit.jupiter.api.Test;

/** Daily bond funds and the 10-year yield, against weekly figures made by another program. */
class BondEtfTest {
    /** Two libraries' logarithms and exponentials; the largest difference seen is 1.4e-17. */
    private static final double RETURNS = 1e-16;
    /** Sums of differences against figures written with two decimals; the largest difference seen is 7.8e-16. */
    private static final double CHANGES = 1e-14;

    @Test
    void weeklyReturnsAndYieldChanges() {
        ReturnPanel weekly = Csv.read(Csv
                .request(SharedFolder.file("data/bond_etf_daily_returns.csv"), SharedFolder.file("data/dgs10_daily.csv"))
                .withFrequency(Frequency.WEEKLY)
                .withDeltas(Set.of("DGS10")));
        ReturnPanel expected = Csv.read(SharedFolder.file("data/bond_etf_weekly_returns.csv"));

        assertThat(weekly.dates()).hasSize(516).isEqualTo(expected.dates());
        for (String fund : new String[] {"FPE", "HYG", "ICVT", "LQD", "PFF"}) {
            assertThat(weekly.column(fund)).as(fund).containsExactly(expected.column(fund), within(RETURNS));
        }
        assertThat(weekly.column("DGS10")).containsExactly(expected.column("dgs10_change"), within(CHANGES));
    }

    @Test
    void withoutFrequencyTheRowsStayAsTheyAre() {
        ReturnPanel daily = Csv.read(SharedFolder.file("data/dgs10_daily.csv"));
        assertThat(daily.dates()).hasSize(2686);
        assertThat(Arrays.stream(daily.column("DGS10")).filter(Double::isNaN).count()).isEqualTo(111);
    }
}
