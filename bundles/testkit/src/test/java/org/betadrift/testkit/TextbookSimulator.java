package org.betadrift.testkit;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.PosteriorPaths;
import org.betadrift.filter.Simulation;
import org.betadrift.filter.Simulator;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/** A plain simulator: paths from one large Gaussian vector; what the broken ones are made from. */
class TextbookSimulator implements Simulator {
    @Override
    public Simulation simulate(StateSpaceModel model, Sample layout, long seed) {
        requireFree(model);
        if (model.initial().hasDiffuse()) {
            throw new InvalidInputException("the start is diffuse");
        }
        if (!model.stateNoise().isConstant() && model.stateNoise().periods() != layout.periods()) {
            throw new InvalidInputException("the state noise has other dates");
        }
        Random random = random(seed, -1);
        int n = layout.periods();
        int k = model.states().count();
        int m = layout.targets().size();
        double[] beta = draw(Dense.of(model.initial().prior().covariance()), random);
        for (int i = 0; i < k; i++) {
            beta[i] += model.initial().prior().mean().get(i);
        }
        double[] states = new double[n * k];
        double[] y = new double[n * m];
        for (int t = 0; t < n; t++) {
            double[] eta = draw(Dense.of(stateNoise(model, t)), random);
            double[] eps = draw(Dense.of(model.observationNoise().at(t)), random);
            double[] moved = Dense.times(Dense.of(model.transition().matrix(t)), beta);
            for (int i = 0; i < k; i++) {
                beta[i] = moved[i] + model.transition().constant().get(i) + eta[i];
                states[t * k + i] = beta[i];
            }
            for (int i = 0; i < m; i++) {
                double fitted = 0;
                for (int j = 0; j < k; j++) {
                    fitted += layout.target(j) == i ? layout.regressor(t, j) * beta[j] : 0;
                }
                y[t * m + i] = isMissing(layout, t, i) ? Double.NaN : fitted + eps[i];
            }
        }
        return Simulation.ofUnsafe(layout, y, states);
    }

    void requireFree(StateSpaceModel model) {
        if (!model.constraints().isEmpty()) {
            throw new InvalidInputException("the constraints would not hold");
        }
    }

    boolean isMissing(Sample layout, int t, int i) {
        return Double.isNaN(layout.y(t, i));
    }

    Covariance stateNoise(StateSpaceModel model, int t) {
        return model.stateNoise().at(t);
    }

    Random random(long seed, int draw) {
        return new Random(new SplittableRandom(31 * seed + draw).nextLong());
    }

    @Override
    public PosteriorPaths posterior(FilterResult filter, int draws, long seed, Monitor monitor) {
        requireFree(filter.model());
        Sample sample = filter.sample();
        int k = sample.states().count();
        int length = sample.periods() * k;
        if (draws < 0 || (long) draws * length > Integer.MAX_VALUE - 8) {
            throw new InvalidInputException("draws is " + draws);
        }
        monitor.progress(0, "drawing by the book");
        if (filter.model().initial().hasDiffuse() && sample.observations() == 0) {
            throw new InvalidInputException("the variance is infinite");
        }
        PathDistribution path = PathDistribution.posterior(filter.model(), sample);
        for (int at = 0; at < length; at++) {
            if (!(path.covariance(at / k, at % k, at / k, at % k) < 1e8)) {
                throw new InvalidInputException("the variance is infinite on " + sample.date(at / k));
            }
        }
        double[][] covariance = Dense.fill(length, length, (a, b) -> covariance(path, a / k, a % k, b / k, b % k));
        double[][] root = root(covariance);
        double[] beta = new double[draws * length];
        for (int draw = 0; draw < draws; draw++) {
            Random random = random(seed, stream(draw, draws));
            double[] z = IntStream.range(0, length).mapToDouble(i -> random.nextGaussian()).toArray();
            double[] off = Dense.times(root, z);
            for (int at = 0; at < length; at++) {
                beta[draw * length + at] = path.mean(at / k, at % k) + off[at];
            }
        }
        monitor.progress(1, "drawing by the book");
        return PosteriorPaths.ofUnsafe(filter.model().states(), sample.dates(), draws, beta);
    }

    /** Which stream a path comes from. */
    int stream(int draw, int draws) {
        return draw;
    }

    double covariance(PathDistribution path, int s, int k, int t, int l) {
        return path.covariance(s, k, t, l);
    }

    private static double[] draw(double[][] covariance, Random random) {
        return Dense.times(root(covariance), IntStream.range(0, covariance.length).mapToDouble(i -> random.nextGaussian()).toArray());
    }

    /** A lower L with L L' = A for a semi-definite A. */
    private static double[][] root(double[][] a) {
        double[][] l = new double[a.length][a.length];
        for (int j = 0; j < a.length; j++) {
            double pivot = a[j][j];
            for (int c = 0; c < j; c++) {
                pivot -= l[j][c] * l[j][c];
            }
            if (pivot <= 1e-10 * a[j][j]) {
                continue;
            }
            l[j][j] = Math.sqrt(pivot);
            for (int i = j + 1; i < a.length; i++) {
                double sum = a[i][j];
                for (int c = 0; c < j; c++) {
                    sum -= l[i][c] * l[j][c];
                }
                l[i][j] = sum / l[j][j];
            }
        }
        return l;
    }
}
