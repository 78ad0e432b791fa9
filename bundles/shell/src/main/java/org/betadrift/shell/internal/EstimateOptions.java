package org.betadrift.shell.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.betadrift.data.Frequency;
import org.betadrift.data.PanelRequest;
import org.betadrift.estimation.Options;
import org.betadrift.filter.LikelihoodConvention;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.betadrift.run.Choice;
import org.betadrift.run.ConstraintExpression;
import org.betadrift.run.ExposureService;
import org.betadrift.run.Recipe;
import org.betadrift.run.StrategyInfo;
import picocli.CommandLine.Option;

/** The options of every command that estimates, and what they mean: a panel and a recipe. */
final class EstimateOptions {
    private static final int LONGEST_SUBJECT = 100;

    @Option(names = "--data", paramLabel = "FILE[,FILE]",
            description = "CSV files: the date column first, then named numeric columns; joined on the first file's dates.")
    private String data;

    @Option(names = "--target", paramLabel = "COL[,COL]", description = "The column to explain, or several assets at once: their states are named"
            + " FACTOR:TARGET, alpha of every target first, then factor by factor.")
    private String target;

    @Option(names = "--factors", paramLabel = "COL[,COL][;TARGET:COL]", description = "The columns to explain it with; of several targets those of"
            + " all of them, then what single ones have beside them: \"MKT;A:SMB,HML;B:OIL\", or \"A:MKT;B:OIL\" with nothing in common.")
    private String factors;

    @Option(names = "--intercept", description = "Add a state alpha, the first one; of several targets one each, alpha:TARGET.")
    private boolean intercept;

    @Option(names = "--initial", paramLabel = "CHOICE", description = "Initial state: ols, ols-covariance, ols-window, diffuse (nothing known),"
            + " stationary (where T, c and Q keep the states), known:mean=0.8,0,variance=1,inf (one a state, or one for all; inf = diffuse).")
    private String initial;

    @Option(names = "--state-noise", paramLabel = "CHOICE", description = "Q, e.g. factor-vol, factor-vol:scale=2, fixed:1e-4,1e-5 (one a state),"
            + " fixed-matrix:a,b/b,c (a row a state), fixed-matrix:factor=MKT,value=a,b/b,c (a row a target, everything else constant), discount:0.98, rolling-beta-variance, rolling-residual-variance."
            + " Slopes of a local linear trend are constant under factor-vol, unless it says slope=X.")
    private String stateNoise;

    @Option(names = "--observation-noise", paramLabel = "CHOICE", description = "R, e.g. ols (of several targets with their covariances;"
            + " ols:covariance=diagonal without), ols-rolling:window=12, ewma, factor-vol-rolling, fixed:2.7e-5 (one a target), fixed-matrix:a,b/b,c"
            + " (a row a target), series:COL.")
    private String observationNoise;

    @Option(names = "--joint", paramLabel = "CHOICE", description = "Q and R together, instead of the two above: mle. Or beside the one it doesn't"
            + " fit or begins from: mle-q or mle-q-then-r with --observation-noise, mle-r with --state-noise.")
    private String joint;

    @Option(names = "--transition", paramLabel = "CHOICE", defaultValue = "random-walk",
            description = "How exposures move: random-walk; ar1:PHI (to zero); mean-reverting:PHI:MEAN, or mean-reverting:PHI to the mean"
                    + " of a known initial state; local-linear-trend (each exposure has a slope); fixed:a,b,... (the diagonal of T);"
                    + " fixed-matrix:a,b/c,d. PHI and MEAN: one number, or one a state. Default: ${DEFAULT-VALUE}.")
    private String transition;

    @Option(names = "--constraint", paramLabel = "EXPRESSION", description = "What exposures must satisfy on every date, repeatable: sum=1 (of each"
            + " target's factors, never alpha), 0.6*A+0.4*B=1, A-B=0, w1*A+w2*B=1 (w1, w2: columns), with several targets FACTOR:TARGET or"
            + " avg(FACTOR; W1,W2)=1. Exact, or within a standard deviation: sum=1~0.01. Or an inequality: A>=0, long-only (every factor's"
            + " exposure >= 0), gross<=1.5, net>=0.8, A+B<=0.5; these bind the path of --path alone. Default: none.")
    private List<String> constraints = new ArrayList<>();

    @Option(names = "--compare-unconstrained", description = "Estimate without the constraints too, show both together, and test the constraints."
            + " Default: the constrained run only.")
    private boolean compareUnconstrained;

    @Option(names = "--path", paramLabel = "CHOICE", description = "The whole path under every constraint, as posterior mode with shadow prices and 90 %% bands;"
            + " made where a constraint is an inequality, too: path, or path:draws=1000,causal=true (draws for the bands, 0 = none; causal = on each"
            + " date the path up to it, auto = where dates times states squared are at most 50000). Default: the first by ranking, path:draws=400,causal=auto.")
    private String path;

    @Option(names = "--elapsed", description = "Q of a date counts the calendar days since the date before it, divided by their median (1 on the first"
            + " date): exposures drift further over a gap. T still applies once a date. Default: every date counts 1.")
    private boolean elapsed;

    @Option(names = "--smooth", description = "Smooth too: exposures given the whole sample, which are never causal. Default: filtered exposures only.")
    private boolean smooth;

    @Option(names = "--reestimate", paramLabel = "yearly|quarterly|monthly[:ROWS]", description = "Point in time: estimate everything anew at these"
            + " distances, first on ROWS rows (60 unless given), each time on all rows so far; an estimation serves the dates after its last row."
            + " Causal whatever the strategies do; not with --smooth or --elapsed. Default: estimate once, on all rows.")
    private String reestimate;

    @Option(names = "--frequency", paramLabel = "none|weekly|monthly", defaultValue = "none",
            description = "Periods to aggregate to: returns compound, weeks end on Friday. Default: ${DEFAULT-VALUE}.")
    private String frequency;

    @Option(names = "--delta", paramLabel = "COL[,COL]", description = "Columns that are differenced in their own file, then summed over a period.")
    private String delta;

    @Option(names = "--level", paramLabel = "COL[,COL]", description = "Columns whose last value of a period counts.")
    private String level;

    @Option(names = "--risk-free", paramLabel = "COL[:COL,COL]",
            description = "Subtracted from every target, and from the factors named after the colon, once aggregated.")
    private String riskFree;

    @Option(names = "--scale", paramLabel = "X", defaultValue = "1", description = "Multiplies targets and factors. Default: ${DEFAULT-VALUE}.")
    private double scale;

    @Option(names = "--from", paramLabel = "DATE", description = "First input row, YYYY-MM-DD. Default: the first there is.")
    private String from;

    @Option(names = "--to", paramLabel = "DATE", description = "Last input row, YYYY-MM-DD. Default: the last there is.")
    private String to;

    @Option(names = "--burn-in", paramLabel = "N", defaultValue = "0", description = "Periods left out of every sum and table. Default: ${DEFAULT-VALUE}.")
    private int burnIn;

    @Option(names = "--engine", paramLabel = "NAME", description = "Filter engine. Default: the first by ranking (see the strategies command).")
    private String engine;

    @Option(names = "--convention", paramLabel = "full|no-constant-diffuse|no-constant", defaultValue = "full",
            description = "Constants that the log-likelihood counts; no-constant is refused under a diffuse start. Default: ${DEFAULT-VALUE}.")
    private String convention;

    List<Path> files() {
        return Names.parse("--data", given("--data", data, "name a CSV file")).stream().map(EstimateOptions::path).toList();
    }

    /** Reads nothing yet. */
    PanelRequest request() {
        return PanelRequest.of(files())
                .withFrequency(Frequency.parse(frequency))
                .withDeltas(columns("--delta", delta))
                .withLevels(columns("--level", level))
                .withDates(date("--from", from), date("--to", to));
    }

    /** A misspelt option is found before a missing one, so picocli may not know that this one is required. */
    private static String given(String option, String value, String remedy) {
        if (value == null) {
            throw new InvalidInputException(option + " is not given: " + remedy);
        }
        return value;
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw InvalidInputException.of("--data", "\"" + file + "\"", "it is no path", "name a file");
        }
    }

    private static Set<String> columns(String option, String text) {
        return text == null ? Set.of() : new LinkedHashSet<>(Names.parse(option, text));
    }

    private static LocalDate date(String option, String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw InvalidInputException.of(option, "\"" + text + "\"", "it is no date", "write YYYY-MM-DD");
        }
    }

    /** Excess returns, in the user's units. */
    ReturnPanel prepared(ReturnPanel panel) {
        ReturnPanel prepared = panel;
        if (riskFree != null) {
            String[] columnAndFactors = Names.split(riskFree, ':');
            Set<String> from = new LinkedHashSet<>(targets());
            if (columnAndFactors.length == 2) {
                Names.parse("--risk-free", columnAndFactors[1]).forEach(factor -> from.add(known(factor)));
            }
            prepared = prepared.minus(riskFreeColumn(columnAndFactors[0], from), from);
        }
        if (scale != 1) {
            Set<String> all = new LinkedHashSet<>(targets());
            all.addAll(factors());
            prepared = prepared.scaled(scale, all);
        }
        return prepared;
    }

    private String riskFreeColumn(String text, Set<String> from) {
        List<String> names = Names.parse("--risk-free", text);
        if (names.size() != 1 || from.contains(names.get(0))) {
            throw InvalidInputException.of("--risk-free", "\"" + riskFree + "\"", "one column of its own is subtracted",
                    "write COL or COL:FACTOR,FACTOR");
        }
        return names.get(0);
    }

    private String known(String factor) {
        if (!factors().contains(factor)) {
            throw InvalidInputException.unknown("factor", factor, factors());
        }
        return factor;
    }

    List<String> targets() {
        return Names.parse("--target", given("--target", target, "name a column"));
    }

    /** Of every target, each factor once. */
    List<String> factors() {
        return parsedFactors().all();
    }

    private FactorsOption parsedFactors() {
        return FactorsOption.parse(factors, targets());
    }

    /** What is explained by what, for a title. */
    String subject() {
        String words = parsedFactors().words();
        String subject = String.join(", ", targets()) + (words.isEmpty() ? "" : (words.startsWith("on ") ? " " : "; ") + words);
        return subject.length() <= LONGEST_SUBJECT ? subject : targets().size() + " targets on " + factors().size() + " factors";
    }

    /**
     * @param exposures for the names to list where a choice is open
     * @param seed of everything random
     */
    Recipe recipe(ExposureService exposures, long seed) {
        if (!Double.isFinite(scale) || scale == 0) {
            throw InvalidInputException.of("--scale", scale, "it multiplies the data", "give a finite number other than 0");
        }
        if (factors == null && !intercept) {
            throw new InvalidInputException("--factors is not given: name a factor, or add --intercept");
        }
        requireSeriesNotCompounded();
        constraints.stream().map(ConstraintExpression::parse).forEach(this::requireWeightsNotCompounded);
        Recipe.Builder recipe = Recipe.builder().intercept(intercept).transition(transition)
                .initial(chosen("--initial", initial, "InitialStateEstimator", exposures))
                .convention(LikelihoodConvention.parse(convention)).burnIn(burnIn).elapsed(elapsed).smooth(smooth);
        noises(recipe, exposures);
        constraints.forEach(recipe::constraint);
        if (compareUnconstrained && constraints.isEmpty()) {
            throw new InvalidInputException("--compare-unconstrained is given, but there is no constraint to leave out: add --constraint, for example sum=1");
        }
        recipe.compareUnconstrained(compareUnconstrained);
        recipe.seed(seed);
        if (path != null) {
            recipe.path(path);
        }
        if (reestimate != null) {
            recipe.pointInTime(Schedule.parse(reestimate));
        }
        if (engine != null) {
            recipe.engine(engine);
        }
        FactorsOption its = parsedFactors();
        targets().forEach(target -> recipe.target(target, its.of(target).toArray(String[]::new)));
        return recipe.build();
    }

    /** Both, or a joint strategy with what the user gives it. */
    private void noises(Recipe.Builder recipe, ExposureService exposures) {
        if (joint != null) {
            recipe.joint(joint);
        }
        if (joint == null || stateNoise != null) {
            recipe.stateNoise(chosen("--state-noise", stateNoise, "StateNoiseEstimator", exposures));
        }
        if (joint == null || observationNoise != null) {
            recipe.observationNoise(chosen("--observation-noise", observationNoise, "ObservationNoiseEstimator", exposures));
        }
    }

    /** A variance is no return: compounded it would be wrong without a sign of it. */
    private void requireSeriesNotCompounded() {
        if (observationNoise == null || Frequency.parse(frequency) == Frequency.NONE) {
            return;
        }
        Choice choice = Choice.parse(observationNoise);
        if (choice.name().equals("series")) {
            String column = Names.parse("--observation-noise", choice.options().getOrDefault(Options.VALUE, "")).get(0);
            if (!columns("--level", level).contains(column) && !columns("--delta", delta).contains(column)) {
                throw InvalidInputException.of("--observation-noise", observationNoise, "--frequency " + frequency + " would compound " + column
                        + " as a return", "declare it by --level " + column);
            }
        }
    }

    /** A weight is no return either. */
    private void requireWeightsNotCompounded(ConstraintExpression constraint) {
        for (String column : constraint.columns()) {
            if (Frequency.parse(frequency) != Frequency.NONE && !columns("--level", level).contains(column) && !columns("--delta", delta).contains(column)) {
                throw InvalidInputException.of("--constraint", constraint, "--frequency " + frequency + " would compound " + column
                        + " as a return", "declare it by --level " + column);
            }
        }
    }

    private static String chosen(String option, String choice, String role, ExposureService exposures) {
        if (choice == null) {
            List<String> names = names(role, exposures);
            List<String> joint = option.equals("--initial") ? List.of() : names("JointNoiseEstimator", exposures);
            throw new InvalidInputException(option + " is not given, and there are no silent defaults: choose "
                    + (names.isEmpty() ? "one (no " + role + " is present)" : "one of " + String.join(", ", names))
                    + (joint.isEmpty() ? "" : ", or --joint " + String.join(", ", joint)));
        }
        return choice;
    }

    private static List<String> names(String role, ExposureService exposures) {
        return exposures.strategies().stream().filter(s -> s.role().equals(role)).map(StrategyInfo::name).distinct().sorted().toList();
    }
}
