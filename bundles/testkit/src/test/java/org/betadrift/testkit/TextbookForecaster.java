package org.betadrift.testkit;

import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Forecast;
import org.betadrift.filter.Forecaster;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateName;
import org.betadrift.model.StateSpaceModel;

/** A plain forecaster; what the broken ones are made from. */
class TextbookForecaster implements Forecaster {
    @Override
    public Forecast forecast(FilterResult filter, ReturnPanel future) {
        StateSpaceModel model = filter.model();
        Sample sample = filter.sample();
        if (!model.constraints().isEmpty()) {
            throw new InvalidInputException("the constraints would not hold");
        }
        if (model.initial().hasDiffuse()) {
            throw new InvalidInputException("the variance is infinite");
        }
        StatePath filtered = (filter.filtered().hasCovariances() ? filter
                : new TextbookEngine().filter(model, sample, FilterOptions.defaults(), Monitor.NONE)).filtered();
        int k = model.states().count();
        int m = sample.targets().size();
        int n = sample.periods() - 1;
        int last = filtered.dates().size() - 1;
        double[] beta = IntStream.range(0, k).mapToDouble(i -> filtered.mean(last, i)).toArray();
        double[][] p = Dense.fill(k, k, (i, j) -> filtered.covariance(last, i, j));
        int h = future.dates().size();
        requireLater(sample.date(n).toString(), future);
        double[] states = new double[h * k];
        double[] stateCovariances = new double[h * Covariance.size(k)];
        double[] means = new double[h * m];
        double[] covariances = new double[h * m * m];
        for (int t = 0; t < h; t++) {
            double[][] transition = Dense.of(model.transition().matrix(n));
            beta = Dense.times(transition, beta);
            p = Dense.plus(Dense.sandwich(transition, p), Dense.of(stateNoise(model, n)));
            for (int i = 0; i < k; i++) {
                beta[i] += constant(model, i);
                states[t * k + i] = beta[i];
                for (int j = 0; j <= i; j++) {
                    stateCovariances[t * Covariance.size(k) + Covariance.index(i, j)] = p[i][j];
                }
            }
            int date = t;
            double[][] design = Dense.fill(m, k, (i, state) -> sample.target(state) == i ? regressor(sample, future, date, state) : 0);
            double[][] s = Dense.plus(Dense.sandwich(design, p), Dense.of(model.observationNoise().at(n)));
            for (int i = 0; i < m; i++) {
                means[t * m + i] = Dense.times(design, beta)[i];
                for (int j = 0; j < m; j++) {
                    covariances[(t * m + i) * m + j] = covariance(s, i, j);
                }
            }
        }
        return Forecast.ofUnsafe(StatePath.ofUnsafe(StatePath.Knows.PREDICTED, model.states(), future.dates(), states, stateCovariances),
                sample.targets(), means, covariances, warnings(model));
    }

    void requireLater(String last, ReturnPanel future) {
        if (!future.dates().isEmpty() && future.dates().get(0).toString().compareTo(last) <= 0) {
            throw new InvalidInputException("the sample ends on " + last);
        }
    }

    double constant(StateSpaceModel model, int state) {
        return model.transition().constant().get(state);
    }

    Covariance stateNoise(StateSpaceModel model, int last) {
        return model.stateNoise().at(last);
    }

    double covariance(double[][] s, int i, int j) {
        return s[i][j];
    }

    double regressor(Sample sample, ReturnPanel future, int t, int state) {
        String factor = sample.states().names().get(state).factor();
        if (factor.equals(StateName.ALPHA)) {
            return 1;
        }
        double x = future.column(factor)[t];
        if (Double.isNaN(x)) {
            throw new InvalidInputException("factor " + factor + " is missing on " + future.dates().get(t));
        }
        return x;
    }

    List<String> warnings(StateSpaceModel model) {
        boolean constant = model.transition().isConstant() && model.stateNoise().isConstant() && model.observationNoise().isConstant();
        return constant ? List.of() : List.of("what varies is carried on");
    }
}
