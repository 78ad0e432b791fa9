package org.betadrift.likelihood;

import java.util.List;
import java.util.Map;
import org.betadrift.model.InvalidInputException;

/** Another family with narrower bounds. */
final class Bounded implements Parameterisation {
    private final Parameterisation family;
    private final double[] lower;
    private final double[] upper;

    Bounded(Parameterisation family, Map<String, double[]> bounds) {
        this.family = family;
        lower = new double[family.names().size()];
        upper = new double[lower.length];
        for (int i = 0; i < lower.length; i++) {
            lower[i] = family.lower(i);
            upper[i] = family.upper(i);
        }
        bounds.forEach((name, its) -> {
            int i = Parameterisations.index(family, name);
            if (!(its[0] < its[1] && its[0] >= family.lower(i) && its[1] <= family.upper(i))) {
                throw InvalidInputException.of("bounds of " + name, its[0] + " to " + its[1], "they must lie in [" + family.lower(i) + ", "
                        + family.upper(i) + "], lowest first", "choose others");
            }
            lower[i] = its[0];
            upper[i] = its[1];
        });
    }

    @Override
    public List<String> names() {
        return family.names();
    }

    @Override
    public void map(double[] theta, double[] q, double[] r) {
        family.map(theta, q, r);
    }

    @Override
    public void pullBack(double[] theta, double[] scoreQ, double[] scoreR, double[] scoreTheta) {
        family.pullBack(theta, scoreQ, scoreR, scoreTheta);
    }

    @Override
    public boolean isVariance(int i) {
        return family.isVariance(i);
    }

    @Override
    public double degree(int i) {
        return Double.NaN;
    }

    @Override
    public double lower(int i) {
        return lower[i];
    }

    @Override
    public double upper(int i) {
        return upper[i];
    }

    @Override
    public void near(double[] q, double[] r, double[] theta) {
        family.near(q, r, theta);
        for (int i = 0; i < lower.length; i++) {
            theta[i] = Math.min(upper[i], Math.max(lower[i], theta[i]));
        }
    }
}
