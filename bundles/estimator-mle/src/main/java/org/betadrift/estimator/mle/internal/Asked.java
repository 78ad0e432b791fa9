package org.betadrift.estimator.mle.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.Options;
import org.betadrift.likelihood.Maximiser;
import org.betadrift.likelihood.Maximisers;
import org.betadrift.likelihood.Parameterisation;
import org.betadrift.likelihood.Parameterisations;
import org.betadrift.likelihood.Reversion;
import org.betadrift.likelihood.Search;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateName;

/** What a run asks of a maximum likelihood strategy, from its options. Every option that is declared is read, so that nonsense is refused. */
final class Asked {
    private final EstimationContext context;
    private final Options options;
    private final Sample sample;

    /** @throws InvalidInputException several targets */
    Asked(EstimationContext context) {
        this.context = context;
        options = context.options();
        sample = context.sample();
        if (sample.targets().size() > 1) {
            throw InvalidInputException.of("number of targets", sample.targets().size(), "maximum likelihood here takes one at a time",
                    "run them one by one, or use the joint estimator cholesky");
        }
    }

    /** Nothing of Q and R given. */
    ModelTemplate open() {
        return ModelTemplate.of(sample.states(), context.initialState(), context.transition()).withConstraints(context.constraints());
    }

    /** A family of Q by the option {@code state}. */
    Parameterisation stateNoise() {
        return stateNoise(oneOf("state", "diagonal", "scalar", "full", "scaled-factor-vol"));
    }

    Parameterisation stateNoise(String shape) {
        List<String> constant = constant();
        return switch (shape) {
            case "scalar" -> Parameterisations.scalar(sample.states(), constant);
            case "full" -> keptRows().isEmpty() ? Parameterisations.full(sample.states(), constant) : Parameterisations.fullWithin(directions());
            case "scaled-factor-vol" -> Parameterisations.scaledFactorVol(sample.states(), variances(), constant);
            default -> Parameterisations.diagonal(sample.states(), constant);
        };
    }

    /** theta of a full Q and R that stand in the context, both: a place to begin from. Empty where not, or where Q moves a constant state. */
    Optional<double[]> given() {
        ModelTemplate template = context.template();
        boolean both = template.stateNoise().filter(Noise::isConstant).isPresent() && template.observationNoise().filter(Noise::isConstant).isPresent();
        if (!both || !keptRows().isEmpty()) {
            return Optional.empty();
        }
        Covariance q = template.stateNoise().get().at(0);
        List<String> still = constant();
        int[] moving = IntStream.range(0, q.dimension()).filter(k -> !still.contains(sample.states().texts().get(k))).toArray();
        if (IntStream.range(0, q.dimension()).anyMatch(k -> q.variance(k) > 0 && still.contains(sample.states().texts().get(k)))) {
            return Optional.empty();
        }
        int p = moving.length;
        double[] theta = new double[Covariance.size(p) + 1];
        for (int j = 0; j < p; j++) {
            for (int i = j; i < p; i++) {
                double left = q.get(moving[i], moving[j]);
                for (int a = 0; a < j; a++) {
                    left -= theta[Covariance.index(i, a)] * theta[Covariance.index(j, a)];
                }
                double pivot = theta[Covariance.index(j, j)];
                boolean rounding = i == j && !(left > 1e-12 * q.variance(moving[j]));
                theta[Covariance.index(i, j)] = i == j ? (rounding ? 0 : Math.sqrt(left)) : pivot > 0 ? left / pivot : 0;
            }
        }
        theta[theta.length - 1] = template.observationNoise().get().at(0).variance(0);
        return Optional.of(theta);
    }

    /** What steps of a random walk can't change: exact equalities that are the same on every date. */
    private List<StateConstraint> keptRows() {
        boolean isRandomWalk = context.transition().isIdentity();
        return isRandomWalk ? context.constraints().stream().filter(row -> row.isExact() && row.periods() == 0).toList() : List.of();
    }

    private Matrix directions() {
        return Parameterisations.freeDirections(sample.states(), constant(), keptRows());
    }

    /** What the parameters of a full Q under constraints are about, in words; empty where they are those of the states. */
    Optional<String> basis() {
        if (!isFull() || keptRows().isEmpty()) {
            return Optional.empty();
        }
        Matrix n = directions();
        List<String> words = new ArrayList<>();
        for (int j = 0; j < n.columns(); j++) {
            StringBuilder direction = new StringBuilder();
            for (int k = 0; k < n.rows(); k++) {
                double part = n.get(k, j);
                if (Math.abs(part) > 1e-12) {
                    direction.append(direction.isEmpty() ? (part < 0 ? "-" : "") : part < 0 ? " - " : " + ")
                            .append(String.format(Locale.ROOT, "%.3f ", Math.abs(part))).append(sample.states().texts().get(k));
                }
            }
            words.add((j + 1) + " = " + direction);
        }
        return Optional.of("state=full is the noise that " + String.join(" and ", keptRows().stream().map(StateConstraint::expression).distinct().toList())
                + (keptRows().size() == 1 ? " leaves" : " leave") + ": L[I,J] is of steps along " + String.join(", ", words));
    }

    boolean isFull() {
        return options.text("state").equals("full");
    }

    Parameterisation observationNoise() {
        return Parameterisations.observationNoise(sample.targets());
    }

    /** The same within the options {@code lower} and {@code upper}, every parameter. */
    Parameterisation bounded(Parameterisation family) {
        return bounded(family, options.number("lower", 0, Double.MAX_VALUE), options.number("upper", 0, Double.MAX_VALUE));
    }

    static Parameterisation bounded(Parameterisation family, double lower, double upper) {
        Map<String, double[]> bounds = new LinkedHashMap<>();
        for (int i = 0; i < family.names().size(); i++) {
            if (family.isVariance(i)) {
                bounds.put(family.names().get(i), new double[] {lower, upper});
            }
        }
        return Parameterisations.bounded(family, bounds);
    }

    /** States with q = 0: those of {@code constant}, and alpha unless it is {@code free}. */
    private List<String> constant() {
        List<String> constant = new ArrayList<>(names("constant"));
        constant.forEach(sample.states()::index);
        if (oneOf("alpha", "static", "free").equals("static") && sample.hasIntercept()) {
            for (StateName state : sample.states().names()) {
                if (state.factor().equals(StateName.ALPHA)) {
                    constant.add(state.toString());
                }
            }
        }
        return constant;
    }

    private List<String> names(String key) {
        return options.has(key) ? Arrays.stream(options.text(key).split(",")).map(Asked::unbracketed).toList() : List.of();
    }

    /** {@code [Mkt-RF]} is how a name is written that could be misread. */
    private static String unbracketed(String name) {
        String bare = name.strip();
        return bare.startsWith("[") && bare.endsWith("]") ? bare.substring(1, bare.length() - 1) : bare;
    }

    private String oneOf(String key, String... values) {
        String text = options.text(key);
        if (!List.of(values).contains(text)) {
            throw InvalidInputException.unknown("value of option " + key, text, List.of(values));
        }
        return text;
    }

    Search search() {
        return Search.defaults().withStarts((int) options.number("starts", 1, 1000)).withSeed((long) options.number("seed", -9e15, 9e15))
                .withProfiles(options.has("profile") ? profiles() : List.of());
    }

    /** Names of parameters have brackets of their own. */
    private List<String> profiles() {
        return Arrays.stream(options.text("profile").split(",(?![^\\[]*\\])")).map(String::strip).toList();
    }

    Maximiser maximiser() {
        return switch (oneOf("optimiser", "bfgs", "bobyqa", "cma-es")) {
            case "bobyqa" -> Maximisers.bobyqa();
            case "cma-es" -> Maximisers.cmaEs();
            default -> Maximisers.bfgs();
        };
    }

    /** Null when phi stays as it is given. */
    Reversion reversion() {
        return switch (oneOf("phi", "given", "common", "each")) {
            case "common" -> Reversion.common(sample.states(), context.transition());
            case "each" -> Reversion.each(sample.states(), context.transition());
            default -> null;
        };
    }

    /** Population variance of each factor on the dates it is there; alpha and slopes have none. */
    private double[] variances() {
        double[] variances = new double[sample.states().count()];
        for (int k = 0; k < variances.length; k++) {
            double mean = 0;
            double sum = 0;
            int n = 0;
            for (int t = 0; t < sample.periods(); t++) {
                double x = sample.regressor(t, k);
                if (!Double.isNaN(x)) {
                    n++;
                    double before = x - mean;
                    mean += before / n;
                    sum += before * (x - mean);
                }
            }
            variances[k] = n == 0 ? 0 : sum / n;
        }
        return variances;
    }
}
