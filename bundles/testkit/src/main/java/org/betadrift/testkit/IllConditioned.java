package org.betadrift.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Noise;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.States;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;

/**
 * Three factors, 500 dates and a model that eats digits: a huge prior variance, hardly any noise, factors that are almost
 * collinear, a row without noise. The covariance form loses one to all digits on most of them. Immutable.
 *
 * @param name for messages
 * @param model of three states; Q_0 = 0, as the prior is that of the first date. R is that of y
 * @param h 500 x 3, standard deviation 0.02
 * @param y of the exposures 0.5, 0.3, 0.2 and N(0, R)
 * @param constrained whether every date has a second row after y: 1 = 1'beta without noise
 */
public record IllConditioned(String name, StateSpaceModel model, double[][] h, double[] y, boolean constrained) {
    /** Dates. */
    public static final int DATES = 500;
    private static final int STATES = 3;
    private static final double[] EXPOSURES = {0.5, 0.3, 0.2};
    private static final double SIZE = 0.02;
    private static final long SEED = 9;
    private static final double[] NONE = {0, 0, 0};

    /** The ten cases with a known prior N(0, kappa I). */
    public static List<IllConditioned> known() {
        return List.of(
                of("1 benign", prior(1e4), 2.5e-5, all(4e-4), 1, false),
                of("2 huge prior", prior(1e7), 2.5e-5, NONE, 1, false),
                of("3 huge prior, no noise", prior(1e7), 1e-12, NONE, 1, false),
                of("4 huge prior, no noise, slow drift", prior(1e7), 1e-12, all(1e-10), 1, false),
                of("5 collinear", prior(1e7), 2.5e-5, NONE, 1e-6, false),
                of("6 collinear, no noise", prior(1e7), 1e-12, NONE, 1e-6, false),
                of("7 sum is one", prior(1e7), 2.5e-5, all(4e-4), 1, true),
                of("8 sum is one, said 500 times of constants", prior(1e7), 2.5e-5, NONE, 1, true),
                of("9 sum is one, one moves, collinear, no noise", prior(1e7), 1e-12, new double[] {1e-6, 0, 0}, 1e-6, true),
                of("10 larger prior, no noise", prior(1e12), 1e-12, all(4e-4), 1, false));
    }

    /** The eight cases with an exactly diffuse start. */
    public static List<IllConditioned> diffuse() {
        InitialState nothing = InitialState.diffuse(STATES);
        return List.of(
                of("a benign", nothing, 2.5e-5, all(4e-4), 1, false),
                of("b constants", nothing, 2.5e-5, NONE, 1, false),
                of("c constants, no noise", nothing, 1e-12, NONE, 1, false),
                of("d slow drift, no noise", nothing, 1e-12, all(1e-10), 1, false),
                of("e collinear constants", nothing, 2.5e-5, NONE, 1e-6, false),
                of("f collinear constants, no noise", nothing, 1e-12, NONE, 1e-6, false),
                of("g collinear, slow drift, no noise", nothing, 1e-12, all(1e-10), 1e-6, false),
                of("h more collinear", nothing, 2.5e-5, all(4e-4), 1e-8, false));
    }

    private static double[] all(double q) {
        double[] all = new double[STATES];
        Arrays.fill(all, q);
        return all;
    }

    private static InitialState prior(double kappa) {
        return InitialState.known(Vector.filled(STATES, 0), Covariance.scalar(STATES, kappa));
    }

    /** @param distance below 1, the second factor is the first and this much of another */
    private static IllConditioned of(String name, InitialState initial, double r, double[] q, double distance, boolean constrained) {
        Random random = new Random(SEED);
        double[][] h = new double[DATES][STATES];
        double[] y = new double[DATES];
        for (int t = 0; t < DATES; t++) {
            h[t][0] = SIZE * random.nextGaussian();
            h[t][1] = distance < 1 ? h[t][0] + distance * SIZE * random.nextGaussian() : SIZE * random.nextGaussian();
            h[t][2] = SIZE * random.nextGaussian();
            y[t] = Math.sqrt(r) * random.nextGaussian();
            for (int i = 0; i < STATES; i++) {
                y[t] += h[t][i] * EXPOSURES[i];
            }
        }
        Covariance drift = Covariance.diagonal(q);
        Noise noise = Noise.varying(IntStream.range(0, DATES).mapToObj(t -> t == 0 ? Covariance.diagonal(NONE) : drift).toList());
        StateSpaceModel model = StateSpaceModel.of(States.of("x0", "x1", "x2"), initial, Transition.randomWalk(STATES), noise,
                Noise.constant(Covariance.diagonal(r)));
        return new IllConditioned(name, model, h, y, constrained);
    }

    @Override
    public String toString() {
        return name;
    }
}
