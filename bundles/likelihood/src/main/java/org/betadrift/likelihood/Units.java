package org.betadrift.likelihood;

import org.betadrift.model.Covariance;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateName;

/**
 * What makes a variance free of units: of R the mean square of its target (or R itself where it is given), of Q_kk that of its target's
 * over the mean square of its regressor, so that 1 moves y in one date by as much as the noise does.
 */
record Units(double[] states, double[] targets) {
    static Units of(Sample sample, ModelTemplate template) {
        int m = sample.targets().size();
        double[] targets = new double[m];
        for (int i = 0; i < m; i++) {
            targets[i] = template.observationNoise().isPresent() ? mean(template.observationNoise().get(), i, sample.periods()) : 0;
            if (!(targets[i] > 0)) {
                targets[i] = meanSquareOfTarget(sample, i);
            }
        }
        double[] states = new double[sample.states().count()];
        for (int k = 0; k < states.length; k++) {
            states[k] = targets[sample.target(k)] / meanSquareOfRegressor(sample, k);
        }
        return new Units(states, targets);
    }

    private static double mean(Noise noise, int i, int periods) {
        if (noise.isConstant()) {
            return noise.at(0).variance(i);
        }
        double[] packed = new double[Covariance.size(noise.dimension())];
        double sum = 0;
        for (int t = 0; t < periods; t++) {
            noise.copyPacked(t, packed);
            sum += packed[Covariance.index(i, i)];
        }
        return sum / periods;
    }

    private static double meanSquareOfTarget(Sample sample, int i) {
        double sum = 0;
        int n = 0;
        for (int t = 0; t < sample.periods(); t++) {
            double y = sample.y(t, i);
            if (!Double.isNaN(y)) {
                sum += y * y;
                n++;
            }
        }
        return sum > 0 ? sum / n : 1;
    }

    /** On the dates its target is present; a slope has that of its level. */
    private static double meanSquareOfRegressor(Sample sample, int state) {
        int column = sample.isSlope(state) ? level(sample, state) : state;
        double sum = 0;
        int n = 0;
        for (int t = 0; t < sample.periods(); t++) {
            if (!Double.isNaN(sample.y(t, sample.target(state)))) {
                double x = sample.regressor(t, column);
                sum += x * x;
                n++;
            }
        }
        return sum > 0 ? sum / n : 1;
    }

    private static int level(Sample sample, int slope) {
        StateName name = sample.states().names().get(slope);
        return sample.states().names().indexOf(new StateName(name.factor().substring(StateName.SLOPE.length()), name.target()));
    }
}
