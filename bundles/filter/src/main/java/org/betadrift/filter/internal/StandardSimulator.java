package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.estimation.Strategy;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.PosteriorPaths;
import org.betadrift.filter.Simulation;
import org.betadrift.filter.Simulator;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Draws from UD factors, so that any variance may be zero. The numbers of a seed are the same on every machine and Java, bit by
 * bit, see {@link NormalStream}. Paths given y are drawn backwards through {@link BackwardSteps}, exact under a diffuse start; path
 * d comes from substream d of the seed, simulated data from one that no path has.
 */
@Component(name = "org.betadrift.simulator.standard")
@Designate(ocd = Ranking.class)
@Strategy(name = "standard", description = "data from a model, paths of exposures given the data; the same from a seed everywhere", multivariate = true)
public final class StandardSimulator implements Simulator {
    private static final long DATA = -1;

    @Override
    public Simulation simulate(StateSpaceModel model, Sample layout, long seed) {
        Fit.require(model, layout);
        for (int i = 0; i < model.states().count(); i++) {
            if (model.initial().isDiffuse(i)) {
                throw InvalidInputException.of("start of state " + model.states().names().get(i), "diffuse",
                        "nothing can be drawn from an infinite variance", "give it a known or a stationary start");
            }
        }
        NormalStream stream = new NormalStream(seed, DATA);
        SimulatedData data = new SimulatedData(model, layout, stream);
        return model.constraints().isEmpty() ? data.run() : data.along(constrained(model, layout, stream));
    }

    /** A path given every constraint of every date: what a pass back says that has seen them and no y. */
    private static double[] constrained(StateSpaceModel model, Sample layout, NormalStream stream) {
        if (model.stateNoise().discount().isPresent()) {
            throw InvalidInputException.of("state noise", model.stateNoise(), "it follows the filter, and nothing is filtered here",
                    "give the state noise variances");
        }
        double[] missing = new double[layout.periods()];
        Arrays.fill(missing, Double.NaN);
        Sample nothing = layout.withTargets(layout.targets().stream().map(target -> missing).toArray(double[][]::new));
        return new PathDraws(new UdHistory(model, nothing, Monitor.NONE), nothing, model.transition().isIdentity()).one(stream);
    }

    @Override
    public PosteriorPaths posterior(FilterResult filter, int draws, long seed, Monitor monitor) {
        StateSpaceModel model = filter.model();
        Sample sample = filter.sample();
        Fit.require(model, sample);
        if (draws < 0) {
            throw InvalidInputException.of("number of draws", draws, "it counts paths", "pass 0 or more");
        }
        long values = (long) draws * sample.periods() * model.states().count();
        if (values > Integer.MAX_VALUE - 8) {
            throw InvalidInputException.of("number of draws", draws, "with " + sample.periods() + " dates and " + model.states().count()
                    + " states that is " + values + " numbers, more than an array holds", "draw fewer paths at a time");
        }
        UdHistory history = new UdHistory(model, sample, (fraction, what) -> monitor.progress(0, "drawing paths"));
        double[] beta = new PathDraws(history, sample, model.transition().isIdentity()).run(draws, seed, monitor);
        return PosteriorPaths.ofUnsafe(model.states(), sample.dates(), draws, beta);
    }
}
