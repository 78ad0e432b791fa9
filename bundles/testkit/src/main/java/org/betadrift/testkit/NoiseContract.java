package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;

/** What Q and R have in common. */
abstract class NoiseContract extends EstimatorContract<Noise> {
    abstract String quantity();

    /** Of rows and columns. */
    abstract List<String> names(Sample sample);

    @Override
    final Numbers numbers(Noise noise, Sample sample) {
        return Numbers.of(quantity(), noise, names(sample), sample.dates());
    }

    @Override
    final void requireFit(Noise noise, Sample sample) {
        assertThat(noise.dimension()).as("dimension of %s", quantity()).isEqualTo(names(sample).size());
        assertThat(noise.periods()).as("dates of %s", quantity()).isIn(0, sample.periods());
        for (int t = 0; t < sample.periods() && noise.discount().isEmpty(); t++) {
            assertThat(noise.at(t)).isNotNull(); // a Covariance is positive semi-definite or can't be made
        }
    }
}
