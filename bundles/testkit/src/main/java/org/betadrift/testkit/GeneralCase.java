package org.betadrift.testkit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.betadrift.model.Covariance;
import org.betadrift.model.GaussianState;
import org.betadrift.model.InitialState;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;

/**
 * A short random series with any model the API can say: T the identity, diagonal with zeros, full, singular or another on every
 * date, with c or without; Q zero, diagonal with zeros, full, of rank one or varying; R diagonal, full or varying; a known,
 * singular, mixed or diffuse start; one to three targets, cells missing. For laws of units and order see {@link RandomCase}.
 *
 * @param name the seed and what was drawn
 */
record GeneralCase(String name, StateSpaceModel model, Sample sample) {
    private static final int DATES = 7;

    static List<GeneralCase> cases(int count, boolean multivariate, boolean diffuse) {
        return IntStream.range(0, count).mapToObj(seed -> new Draw(seed, multivariate, diffuse).draw()).toList();
    }

    @Override
    public String toString() {
        return name;
    }

    /** One draw; every choice goes into the name. */
    private static final class Draw {
        private final int seed;
        private final Random random;
        private final int m;
        private final boolean diffuse;
        private final StringBuilder name = new StringBuilder();

        Draw(int seed, boolean multivariate, boolean diffuse) {
            this.seed = seed;
            this.diffuse = diffuse;
            random = new Random(seed * 7919L + 17);
            m = multivariate ? 1 + random.nextInt(3) : 1;
        }

        GeneralCase draw() {
            Sample sample = sample();
            int k = sample.states().count();
            Transition transition = transition(k);
            Noise q = stateNoise(k);
            Noise r = observationNoise();
            InitialState initial = initial(k);
            StateSpaceModel model = StateSpaceModel.of(sample.states(), initial, transition, q, r);
            return new GeneralCase("seed " + seed + name, model, sample);
        }

        private String choose(String of, String... options) {
            String choice = options[random.nextInt(options.length)];
            name.append(", ").append(of).append(' ').append(choice);
            return choice;
        }

        private Sample sample() {
            List<LocalDate> dates = IntStream.range(0, DATES).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList();
            ReturnPanel.Builder panel = ReturnPanel.builder(dates);
            int factors = 1 + random.nextInt(m > 1 ? 2 : 3);
            List<String> names = IntStream.range(0, factors).mapToObj(i -> "x" + i).toList();
            names.forEach(x -> panel.column(x, normal(DATES)));
            for (int i = 0; i < m; i++) {
                double[] y = normal(DATES);
                for (int t = 0; t < DATES; t++) {
                    y[t] = random.nextInt(6) == 0 ? Double.NaN : y[t];
                }
                panel.column("y" + i, y);
            }
            Sample.Builder sample = Sample.builder(panel.build()).intercept(random.nextBoolean());
            for (int i = 0; i < m; i++) {
                sample.target("y" + i, names.subList(0, 1 + random.nextInt(factors)));
            }
            name.append(" (").append(m).append(" targets, ").append(factors).append(" factors)");
            return sample.build();
        }

        private Transition transition(int k) {
            Transition transition = switch (choose("T", "identity", "diagonal", "full", "singular", "varying")) {
                case "identity" -> Transition.randomWalk(k);
                case "diagonal" -> Transition.ar1(Vector.of(random.ints(k, 0, 3).mapToDouble(i -> 0.5 * i).toArray()));
                case "full" -> Transition.fixed(Matrix.of(k, k, near(k)));
                case "singular" -> Transition.fixed(Matrix.of(k, k, singular(k)));
                default -> Transition.varying(IntStream.range(0, DATES).mapToObj(t -> Matrix.of(k, k, near(k))).toList());
            };
            return random.nextBoolean() ? transition : transition.withConstant(Vector.of(normal(k)));
        }

        /** The identity and something else. */
        private double[] near(int k) {
            double[] t = normal(k * k);
            for (int i = 0; i < k * k; i++) {
                t[i] = 0.3 * t[i] + (i % (k + 1) == 0 ? 0.8 : 0);
            }
            return t;
        }

        /** The last row is the first. */
        private double[] singular(int k) {
            double[] t = near(k);
            System.arraycopy(t, 0, t, (k - 1) * k, k);
            return t;
        }

        private Noise stateNoise(int k) {
            return switch (choose("Q", "zero", "diagonal", "full", "rank one", "varying")) {
                case "zero" -> Noise.constant(Covariance.scalar(k, 0));
                case "diagonal" -> Noise.constant(Covariance.diagonal(random.ints(k, 0, 3).mapToDouble(i -> 0.2 * i).toArray()));
                case "full" -> Noise.constant(covariance(k, k, 0.1));
                case "rank one" -> Noise.constant(covariance(k, 1, 0.1));
                default -> varying(t -> covariance(k, random.nextInt(k + 1), 0.1));
            };
        }

        private Noise observationNoise() {
            return switch (choose("R", "diagonal", "full", "varying")) {
                case "diagonal" -> Noise.constant(Covariance.diagonal(random.doubles(m, 0.1, 1).toArray()));
                case "full" -> Noise.constant(covariance(m, m + 1, 0.5));
                default -> varying(t -> covariance(m, m + 1, 0.5));
            };
        }

        private static Noise varying(IntFunction<Covariance> perDate) {
            return Noise.varying(IntStream.range(0, DATES).mapToObj(perDate).toList());
        }

        private InitialState initial(int k) {
            String[] starts = diffuse ? new String[] {"known", "singular", "mixed", "diffuse"} : new String[] {"known", "singular"};
            return switch (choose("start", starts)) {
                case "known" -> InitialState.known(Vector.of(normal(k)), covariance(k, k + 1, 1));
                case "singular" -> InitialState.known(Vector.of(normal(k)), covariance(k, k - 1, 1));
                case "diffuse" -> InitialState.diffuse(k);
                default -> mixed(k);
            };
        }

        private InitialState mixed(int k) {
            boolean[] flags = new boolean[k];
            double[] mean = normal(k);
            double[] packed = covariance(k, k, 1).toPacked();
            for (int i = 0; i < k; i++) {
                flags[i] = random.nextBoolean();
                for (int j = 0; j < k && flags[i]; j++) {
                    packed[Covariance.index(i, j)] = 0;
                }
                mean[i] = flags[i] ? 0 : mean[i];
            }
            return InitialState.mixed(new GaussianState(Vector.of(mean), Covariance.ofPacked(k, packed)), flags);
        }

        /** A sum of {@code rank} random squares. */
        private Covariance covariance(int size, int rank, double scale) {
            double[] packed = new double[Covariance.size(size)];
            List<double[]> vectors = new ArrayList<>();
            for (int r = 0; r < rank; r++) {
                vectors.add(normal(size));
            }
            for (int i = 0; i < size; i++) {
                for (int j = 0; j <= i; j++) {
                    for (double[] v : vectors) {
                        packed[Covariance.index(i, j)] += scale * v[i] * v[j];
                    }
                }
            }
            return Covariance.ofPacked(size, packed);
        }

        private double[] normal(int count) {
            return random.doubles(count).map(x -> random.nextGaussian()).toArray();
        }
    }
}
