package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.model.InitialState;
import org.betadrift.model.Sample;

/** What every InitialStateEstimator keeps. A test of one extends this and says which. */
public abstract class InitialStateContract extends EstimatorContract<InitialState> {
    /** The strategy under test. */
    protected abstract InitialStateEstimator strategy();

    /** y -> c y gives mean -> c^p mean; p = 1 unless overridden, since exposures carry the unit of y. */
    protected ScaleLaw meanByTarget() {
        return ScaleLaw.power(1);
    }

    /** y -> c y gives P -> c^p P; p = 2 unless overridden. */
    protected ScaleLaw covarianceByTarget() {
        return ScaleLaw.power(2);
    }

    /** x_k -> c x_k gives mean_k -> c^p mean_k; p = -1 unless overridden, since beta_k is y per x_k. */
    protected ScaleLaw meanByFactor() {
        return ScaleLaw.power(-1);
    }

    /** x_k -> c x_k gives P_ij -> c^p P_ij for each of i, j that is k; p = -1 unless overridden. */
    protected ScaleLaw covarianceByFactor() {
        return ScaleLaw.power(-1);
    }

    @Override
    final Role<InitialState> role() {
        return strategy()::estimate;
    }

    @Override
    final EstimationContext leftOf(RandomCase one, EstimationContext context) {
        return context;
    }

    @Override
    final Numbers numbers(InitialState initial, Sample sample) {
        return Numbers.of(initial, sample.states().texts());
    }

    @Override
    final void requireFit(InitialState initial, Sample sample) {
        assertThat(initial.dimension()).as("dimension of the initial state").isEqualTo(sample.states().count());
    }

    @Override
    final ScaleLaw targetLaw(String quantity) {
        return law(quantity, meanByTarget(), covarianceByTarget());
    }

    @Override
    final ScaleLaw factorLaw(String quantity) {
        return law(quantity, meanByFactor(), covarianceByFactor());
    }

    private static ScaleLaw law(String quantity, ScaleLaw mean, ScaleLaw covariance) {
        return quantity.equals("mean") ? mean : quantity.equals("covariance") ? covariance : ScaleLaw.power(0);
    }

    @Override
    final int carries(Cell cell, Set<String> states) {
        return (int) Stream.of(cell.row(), cell.column()).filter(states::contains).count();
    }
}
