package org.betadrift.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.run.Choice;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Provenance;
import org.betadrift.run.StrategyInfo;

/** Who made the run, and what each part has seen. */
final class Parts {
    private static final String ENGINE = "FilterEngine";
    private static final String PATH = "PathEstimator";
    private static final String JOINT = "JointNoiseEstimator";
    private static final Map<String, String> WORDS = Map.of(
            "InitialStateEstimator", "initial state",
            "ObservationNoiseEstimator", "observation noise",
            "StateNoiseEstimator", "state noise",
            JOINT, "joint noise",
            ENGINE, "filter",
            PATH, "constrained path");
    /** The options of longer choices get lines of their own. */
    private static final int CHOICE = 32;
    private static final String SET_IN = "  ";
    /** Between columns. */
    private static final int GAP = 2;
    /** Of a longer one, a matrix over many states say, only so many lines are shown. */
    private static final int LINES = 6;

    private final ExposureRun run;

    Parts(ExposureRun run) {
        this.run = run;
    }

    /** A row a part. */
    List<String> rows() {
        TextTable text = new TextTable().left("").left("").left("").left("");
        List<Provenance> parts = run.provenance();
        int width = width();
        for (int i = 0; i < parts.size(); i++) {
            Provenance part = parts.get(i);
            StrategyInfo strategy = part.strategy();
            String choice = new Choice(strategy.name(), part.configuration()).toString();
            List<String> lines = lines(choice, width);
            text.row(name(i), lines.get(0), bundle(part), causal(part));
            lines.subList(1, lines.size()).forEach(line -> text.row("", SET_IN + line, "", ""));
        }
        return text.lines();
    }

    /** What the other columns leave for an option, at most {@link #CHOICE}. */
    private int width() {
        List<Provenance> parts = run.provenance();
        int names = IntStream.range(0, parts.size()).map(i -> name(i).length()).max().orElse(0);
        int bundles = parts.stream().mapToInt(part -> bundle(part).length()).max().orElse(0);
        int causal = parts.stream().mapToInt(part -> causal(part).length()).max().orElse(0);
        return Math.min(CHOICE, Page.BODY - names - bundles - causal - 3 * GAP - SET_IN.length());
    }

    private String name(int part) {
        return isOfTheSearch(part) ? "likelihoods" : role(run.provenance().get(part).strategy().role());
    }

    private static String bundle(Provenance part) {
        return part.strategy().bundle() + " " + part.strategy().version();
    }

    private static String causal(Provenance part) {
        return part.causalFrom().map(CausalFrom::toString).orElse("");
    }

    /** The strategy whose maximisation {@link ExposureRun#convergence} tells of. */
    static String maximiser(ExposureRun run) {
        return run.provenance().stream().filter(part -> part.strategy().role().equals(JOINT)).map(part -> part.strategy().name()).findFirst()
                .orElseGet(() -> run.recipe().joint().map(Choice::name).orElse("unknown"));
    }

    /** The strategy that made {@link ExposureRun#path}. */
    static String pathEstimator(ExposureRun run) {
        return run.provenance().stream().filter(part -> part.strategy().role().equals(PATH)).map(part -> part.strategy().name()).findFirst()
                .orElseGet(() -> run.recipe().path().map(Choice::name).orElse("unknown"));
    }

    /** An engine that made the likelihoods of a search, and not the result: the run's own comes after it. */
    private boolean isOfTheSearch(int part) {
        List<Provenance> parts = run.provenance();
        return isEngine(parts.get(part)) && parts.subList(part + 1, parts.size()).stream().anyMatch(Parts::isEngine);
    }

    private static boolean isEngine(Provenance part) {
        return part.strategy().role().equals(ENGINE);
    }

    /** One line, or the name and then its options: put together they are the choice again, where it isn't too long to be shown. */
    private static List<String> lines(String choice, int width) {
        int colon = choice.indexOf(':');
        if (choice.length() <= width || colon < 0) {
            return List.of(choice);
        }
        List<String> lines = new ArrayList<>(List.of(choice.substring(0, colon + 1)));
        lines.addAll(Words.wrap(List.of(choice.substring(colon + 1).split(",", -1)), ",", width));
        if (lines.size() > LINES) {
            lines.subList(LINES - 1, lines.size()).clear();
            lines.add("... (whole in the json report)");
        }
        return lines;
    }

    /** What a reader may do with the exposures; nothing when no part says what it has seen. */
    List<String> causality() {
        if (run.provenance().stream().allMatch(part -> part.causalFrom().isEmpty())) {
            return List.of();
        }
        CausalFrom causalFrom = run.causalFrom();
        if (causalFrom.isNever()) {
            return List.of("", exposures() + " use the whole sample: fine for looking back, but not for backtests.",
                    wholeSample() + " estimated from all dates at once.");
        }
        return List.of("", exposures() + " are " + causalFrom + ": "
                + (causalFrom.firstDate().isPresent() ? "from then on each" : "each") + " date uses only what was known on it.");
    }

    /** Smoothed ones, and a path given every date, are another matter. */
    private String exposures() {
        if (run.path().isPresent()) {
            return run.path().get().causal().isPresent() ? "The filtered exposures and the causal path" : "The filtered exposures";
        }
        return run.smoothed().isPresent() ? "The filtered exposures" : "These exposures";
    }

    private String wholeSample() {
        List<String> roles = lookAhead();
        String all = Words.and(roles);
        return all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1) + (roles.size() == 1 ? " was" : " were");
    }

    /** {@code the state noise}: the parts that use the whole sample. */
    List<String> lookAhead() {
        return run.provenance().stream().filter(part -> part.causalFrom().filter(CausalFrom::isNever).isPresent())
                .map(part -> "the " + role(part.strategy().role())).toList();
    }

    /** A role no one has put into words yet: {@code PanelReader} becomes {@code panel reader}. */
    static String role(String role) {
        return WORDS.getOrDefault(role, role.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT));
    }
}
