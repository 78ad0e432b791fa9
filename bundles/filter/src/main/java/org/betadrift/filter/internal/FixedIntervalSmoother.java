package org.betadrift.filter.internal;

import org.betadrift.estimation.Strategy;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.Smoother;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.SmootherResult;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The exact fixed-interval smoother. It filters anew with UD factors, whichever engine made the pass, and goes back through
 * {@link BackwardSteps}: right on diffuse dates too, where b + P r and P - P N P lose every digit.
 */
@Component(name = "org.betadrift.smoother.fixed-interval")
@Designate(ocd = Ranking.class)
@Strategy(name = "fixed-interval", description = "exposures given every date, exact on diffuse dates too", multivariate = true)
public final class FixedIntervalSmoother implements Smoother {
    @Override
    public SmootherResult smooth(FilterResult filter, SmootherOptions options, Monitor monitor) {
        SmoothedArrays out = new SmoothedArrays(filter);
        int n = filter.sample().periods();
        int done = FastBackwardPass.applies(filter) && !options.lagOneCovariances() ? new FastBackwardPass(filter, out).run() : n;
        if (done == 0) {
            return out.into(filter).build();
        }
        UdHistory history = new UdHistory(filter.model(), filter.sample(), Math.min(done + 1, n), monitor);
        return new BackwardPass(filter, options, history, out, done).run(monitor);
    }
}
