package org.betadrift.filter.internal;

import org.betadrift.estimation.Strategy;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Forecast;
import org.betadrift.filter.Forecaster;
import org.betadrift.model.ReturnPanel;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Predicts on from the last filtered states, whichever engine made them; {@link org.betadrift.filter.Retain#MEANS} lacks their covariance and is filtered again. */
@Component(name = "org.betadrift.forecaster.standard")
@Designate(ocd = Ranking.class)
@Strategy(name = "standard", description = "exposures and targets on later dates for given factors, with intervals", causal = true, multivariate = true)
public final class StandardForecaster implements Forecaster {
    @Override
    public Forecast forecast(FilterResult filter, ReturnPanel future) {
        Fit.require(filter.model(), filter.sample());
        FutureFactors factors = new FutureFactors(filter.sample(), future);
        return new ForecastPass(LastDate.goOn(filter), filter.sample().targets(), factors).run(LastDate.assumptions(filter));
    }
}
