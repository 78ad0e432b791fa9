package org.betadrift.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SparklineTest {
    private static final double NAN = Double.NaN;

    @Test
    void lowestToHighest() {
        assertThat(new Sparkline(new double[] {0, 1, 2, 3, 4, 5, 6, 7}).blocks(60)).isEqualTo("▁▂▃▄▅▆▇█");
        assertThat(new Sparkline(new double[] {1e-100, -1e-100, 0}).blocks(60)).isEqualTo("█▁▅");
    }

    @Test
    void aConstantPathIsInTheMiddle() {
        assertThat(new Sparkline(new double[] {5, 5, 5}).blocks(60)).isEqualTo("▄▄▄");
        assertThat(new Sparkline(new double[] {0, 0, -0.0}).blocks(60)).isEqualTo("▄▄▄");
        assertThat(new Sparkline(new double[] {0.1 + 0.2, 0.3, 0.3}).blocks(60)).as("rounding is no movement").isEqualTo("▄▄▄");
    }

    @Test
    void whatIsMissingIsASpace() {
        Sparkline line = new Sparkline(new double[] {NAN, 0, Double.POSITIVE_INFINITY, 1, NAN});
        assertThat(line.blocks(60)).isEqualTo(" ▁ █ ");
        assertThat(line.min()).isEqualTo(0);
        assertThat(line.max()).isEqualTo(1);
        assertThat(line.last()).isNaN();
    }

    @Test
    void bucketsAreMeansOfWhatIsThere() {
        // means 1, 3, 7 between 0 and 8
        assertThat(new Sparkline(new double[] {0, 2, 3, NAN, 8, 6}).blocks(3)).isEqualTo("▂▄█");
        assertThat(new Sparkline(new double[] {0, 1, NAN, NAN, 8, 8}).blocks(3)).isEqualTo("▁ █");
    }

    @Test
    void manyValuesTakeThePlacesThereAre() {
        double[] ramp = IntStream.range(0, 516).asDoubleStream().toArray();
        String blocks = new Sparkline(ramp).blocks(60);
        assertThat(blocks).hasSize(60).startsWith("▁▁▁▁▁▁▁").endsWith("███████");
        assertThat(blocks.chars().distinct().count()).isEqualTo(8);
        assertThat(new Sparkline(ramp).last()).isEqualTo(515);
    }

    @Test
    void nothingAtAll() {
        Sparkline none = new Sparkline(new double[0]);
        assertThat(none.blocks(60)).isEmpty();
        assertThat(none.min()).isNaN();
        assertThat(none.max()).isNaN();
        assertThat(none.last()).isNaN();
        assertThat(new Sparkline(new double[] {NAN, NAN}).blocks(60)).isEqualTo("  ");
    }
}
