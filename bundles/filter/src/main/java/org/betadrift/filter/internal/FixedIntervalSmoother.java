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
 * The exact fixed-interval smoother. Where b + P r and P - P N P lose digits, on diffuse dates every one, it filters anew with UD
 * factors, whichever engine made the pass, and goes back through {@link BackwardSteps}. The other dates, usually all but the
 * first ones, are done by {@link FastBackwardPass}, which has the rule.
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
        UdHistory history = new UdHistory(filter.model(), filter.sample(), Math.min(done + 1, n), monitor);
        while (done < n && !FastBackwardPass.agrees(filter, history, done)) {
            // later dates are there too: another place to go on from, twice as far
            done = filter.model().transition().isIdentity() ? Math.min(n, 2 * done + 1) : n;
            history = new UdHistory(filter.model(), filter.sample(), Math.min(done + 1, n), monitor);
        }
        if (done == 0) {
            return out.into(filter).build();
        }
        return new BackwardPass(filter, options, history, out, done).run(monitor);
    }
}
