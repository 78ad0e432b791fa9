package org.betadrift.it.storm;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.betadrift.run.ExposureService;
import org.betadrift.run.StrategyInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The storm inside a Karaf whose operator is outside of it: he says what he is about to change and when it should be over, and is told
 * when a run is not as it may be. {@code storm:reference} for each factor-vol, {@code storm:begin}, then {@code storm:change},
 * the change, {@code storm:back} or {@code storm:away}, over and over, {@code storm:end}. For one console.
 */
@Component(service = StormCommands.class, immediate = true, // else it would be another one for each command
        property = {"osgi.command.scope=storm", "osgi.command.function=reference", "osgi.command.function=begin",
            "osgi.command.function=change", "osgi.command.function=back", "osgi.command.function=away", "osgi.command.function=end"})
public final class StormCommands {
    private final ExposureService exposures;
    private final Cases cases = new Cases();
    private List<StrategyInfo> whole;
    private Presence presence;
    private Judge judge;
    private Load load;
    private Predicate<StrategyInfo> changing;
    private long newest;

    /** @param exposures stays */
    @Activate
    public StormCommands(@Reference ExposureService exposures) {
        this.exposures = exposures;
    }

    /** On a quiet system: the numbers under the factor-vol that is the best now. @return its bundle */
    public String reference() {
        return cases.compute(exposures);
    }

    /** Everything is there now. */
    public void begin(int threads, long seed) {
        if (new HashSet<>(cases.all()).size() < cases.all().size()) {
            throw new IllegalStateException("two of these are the same: " + cases.all());
        }
        whole = exposures.strategies();
        presence = new Presence(whole);
        judge = new Judge(presence, cases);
        load = new Load(exposures, threads, seed);
    }

    /** A change begins of a bundle's strategies. @param roleAndName of the only one, if it is only one */
    public void change(String bundle, String... roleAndName) {
        changing = s -> s.bundle().equals(bundle) && (roleAndName.length == 0 || name(s).equals(String.join(" ", roleAndName)));
        newest = exposures.strategies().stream().mapToLong(StrategyInfo::serviceId).max().orElse(-1);
        presence.begin(changing);
    }

    private static String name(StrategyInfo strategy) {
        return strategy.role() + " " + strategy.name();
    }

    /** The change is over when all that change are there anew. @param options {@code key=value} that they have now */
    public void back(String... options) throws Exception {
        Set<String> names = whole.stream().filter(changing).map(StormCommands::name).collect(Collectors.toSet());
        settle(() -> {
            List<StrategyInfo> now = changing();
            return now.stream().map(StormCommands::name).collect(Collectors.toSet()).equals(names)
                    && now.stream().allMatch(s -> s.serviceId() > newest && List.of(options).stream().allMatch(option -> has(s, option)));
        });
    }

    private static boolean has(StrategyInfo strategy, String option) {
        return option.startsWith("service.ranking=") ? option.endsWith("=" + strategy.ranking()) : strategy.options().contains(option);
    }

    /** The change is over when none of them is there. */
    public void away() throws Exception {
        settle(() -> changing().isEmpty());
    }

    private List<StrategyInfo> changing() {
        return exposures.strategies().stream().filter(changing).toList();
    }

    private void settle(Callable<Boolean> over) throws Exception {
        try {
            Eventually.isTrue("the change takes effect", over);
            presence.settle(exposures.strategies());
            load.awaitRound();
            load.take().forEach(judge::judge);
        } catch (AssertionError e) {
            throw toTheOperator(e);
        }
    }

    /** Whoever is outside sees the message only. */
    private static IllegalStateException toTheOperator(AssertionError e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return new IllegalStateException(trace.toString(), e);
    }

    /** Ends the load. @return how many runs gave a result, and how many rightly did not */
    public String end() {
        try {
            load.close();
            load.take().forEach(judge::judge);
            return judge.runs() + " runs, " + judge.notFound() + " rightly without a strategy";
        } catch (AssertionError e) {
            throw toTheOperator(e);
        }
    }

    /** Nothing runs on when the bundle goes. */
    @Deactivate
    public void close() {
        if (load != null) {
            load.close();
        }
    }
}
