package org.betadrift.runtime.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.filter.Monitor;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.run.Recipe;
import org.betadrift.runtime.internal.Parts.Part;

/**
 * A vintage's model on the dates after its last row. What is constant goes on, as a discount does. A noise that varies goes on as its strategy says it
 * does, where that needs no row after the date (a column of the data, an average of the past); else as it was on the last row.
 */
final class Extension {
    private final Sample known;
    private final Sample served;
    private final Parts parts;
    private final List<String> warnings = new ArrayList<>();
    private final StateSpaceModel model;

    Extension(Recipe recipe, Estimated estimated, Sample known, Sample served, Parts parts, Monitor monitor) {
        this.known = known;
        this.served = served;
        this.parts = parts;
        StateSpaceModel found = estimated.model();
        if (!found.transition().isConstant()) {
            throw InvalidInputException.of("transition", "another one on each date", "nobody knows it after the last row", "leave out point in time");
        }
        EstimationContext context = EstimationContext.of(served, found.transition(), parts.engine().service()).withMonitor(monitor)
                .withInitialState(found.initial()).withConstraints(Constraints.equalities(recipe, served));
        Noise r = extended("observation noise", found.observationNoise(), estimated.givenR(), this::observationNoiseAgain, context);
        EstimationContext withR = recipe.observationNoise().isPresent() ? context.withObservationNoise(r) : context;
        Noise q = extended("state noise", found.stateNoise(), estimated.givenQ(), this::stateNoiseAgain, withR);
        model = StateSpaceModel.of(found.states(), found.initial(), found.transition(), q, r).withConstraints(context.constraints());
    }

    StateSpaceModel model() {
        return model;
    }

    List<String> warnings() {
        return warnings;
    }

    private Estimate<Noise> observationNoiseAgain(EstimationContext context) {
        Part<ObservationNoiseEstimator> part = parts.observationNoise().orElseThrow();
        return part.service().estimate(context.withOptions(part.options()));
    }

    private Estimate<Noise> stateNoiseAgain(EstimationContext context) {
        Part<StateNoiseEstimator> part = parts.stateNoise().orElseThrow();
        return part.service().estimate(context.withOptions(part.options()));
    }

    /** @param given by a strategy of its own, which can be asked again unless somebody changed what it found */
    private Noise extended(String what, Noise noise, Optional<Noise> given, Function<EstimationContext, Estimate<Noise>> again, EstimationContext context) {
        if (noise.isConstant() || noise.discount().isPresent() || served.periods() == known.periods()) {
            return noise;
        }
        if (given.filter(noise::equals).isPresent()) {
            Estimate<Noise> later = again.apply(context);
            if (isCausal(later.causalFrom()) && !later.value().isConstant()) {
                return joined(noise, later.value());
            }
        }
        warnings.add("the " + what + " varies: on the dates a vintage serves it is what it was on the vintage's last row");
        return joined(noise, null);
    }

    /** On every date after the last known one. */
    private boolean isCausal(CausalFrom from) {
        return !from.isNever() && !from.firstDate().filter(date -> date.isAfter(served.date(known.periods()))).isPresent();
    }

    private Noise joined(Noise noise, Noise later) {
        List<Covariance> perDate = new ArrayList<>();
        for (int t = 0; t < served.periods(); t++) {
            perDate.add(t < known.periods() ? noise.at(t) : later == null ? noise.at(known.periods() - 1) : later.at(t));
        }
        return Noise.varying(perDate);
    }
}
