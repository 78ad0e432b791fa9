package org.betadrift.it.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes one thing after the other in a storm, by Karaf's own commands, and tells the load inside of each. Every kind of change comes in
 * every round, in random order; at most one bundle is away at a time, since installing a feature starts what was stopped.
 */
final class StormOperator {
    private static final String OLS = "org.betadrift.estimator.ols";
    private static final String FACTOR_VOL = "org.betadrift.estimator.factorvol";
    private static final String FILTER = "org.betadrift.filter";
    private static final String GUEST = "org.betadrift.it.guest";
    private static final List<String> BUNDLES = List.of(OLS, FACTOR_VOL, FILTER, GUEST, "org.betadrift.diagnostics");
    private static final Pattern RANKING = Pattern.compile("gets ranking (\\d+) ");

    /** @param needsAll of the bundles to be there */
    private record Change(boolean needsAll, Runnable what) { }

    private final Karaf karaf;
    private final Random random;
    private final String guest;
    private final Deque<Change> round = new ArrayDeque<>();
    private final List<String> history = new ArrayList<>();
    private String away = "";
    private String comeBack;
    private String preferred = FACTOR_VOL;

    /** Installs the guest, with whom everything is there. */
    StormOperator(Karaf karaf, Random random, Path guest) {
        this.karaf = karaf;
        this.random = random;
        this.guest = "bundle:install -s '" + guest.toUri() + "'";
        assertThat(karaf.ask(this.guest)).startsWith("Bundle ID: ");
    }

    /** The commands of all changes so far. */
    List<String> history() {
        return history;
    }

    void changeSomething() {
        if (round.isEmpty()) {
            round.addAll(shuffled());
        }
        if (!away.isEmpty() && (round.peek().needsAll || random.nextBoolean())) {
            restore();
        } else {
            round.remove().what.run();
        }
    }

    private List<Change> shuffled() {
        List<Change> all = new ArrayList<>(List.of(
                new Change(true, () -> takeAway("bundle:stop " + FILTER, FILTER, "bundle:start " + FILTER)),
                new Change(true, () -> {
                    String bundle = one(BUNDLES);
                    takeAway("bundle:stop " + bundle, bundle, "bundle:start " + bundle);
                }),
                new Change(true, () -> takeAway("bundle:uninstall " + GUEST, GUEST, guest)),
                feature("betadrift-estimator-ols", OLS),
                feature("betadrift-estimator-factorvol", FACTOR_VOL),
                new Change(true, this::prefer),
                new Change(false, () -> configure("org.betadrift.state-noise.factor-vol", FACTOR_VOL, "StateNoiseEstimator factor-vol",
                        "scale", one(List.of("1", "2", "5")))),
                new Change(false, () -> configure("org.betadrift.initial.ols", OLS, "InitialStateEstimator ols",
                        "variance", one(List.of("100", "10", "1")))),
                new Change(false, () -> configure("org.betadrift.it.rival", GUEST, "StateNoiseEstimator factor-vol",
                        "level", one(List.of("0.5", "0.25")))),
                new Change(false, () -> change("config:property-set -p org.betadrift.runtime threads " + (1 + random.nextInt(4)),
                        "org.betadrift.runtime", "storm:back"))));
        for (int i = 0; i < 2; i++) {
            all.add(new Change(false, () -> {
                String bundle = present();
                change("bundle:update " + bundle, bundle, "storm:back");
            }));
            all.add(new Change(false, () -> {
                String bundle = present();
                // its library goes with it
                change("bundle:refresh " + (bundle.equals(OLS) && random.nextBoolean() ? "org.betadrift.ejml" : bundle), bundle, "storm:back");
            }));
        }
        Collections.shuffle(all, random);
        return all;
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private String present() {
        return one(BUNDLES.stream().filter(bundle -> !bundle.equals(away)).toList());
    }

    private Change feature(String name, String bundle) {
        return new Change(true, () -> takeAway("feature:uninstall " + name, bundle, "feature:install " + name));
    }

    private void takeAway(String command, String bundle, String reverse) {
        change(command, bundle, "storm:away");
        away = bundle;
        comeBack = reverse;
    }

    /** What is away comes back. */
    void restore() {
        if (!away.isEmpty()) {
            change(comeBack, away, "storm:back");
            away = "";
        }
    }

    private void configure(String pid, String bundle, String strategy, String key, String value) {
        change("config:property-set -p " + pid + " " + key + " " + value, bundle + " " + strategy,
                bundle.equals(away) ? "storm:away" : "storm:back " + key + "=" + value);
    }

    private void prefer() {
        preferred = preferred.equals(GUEST) ? FACTOR_VOL : GUEST;
        String command = "betadrift:prefer StateNoiseEstimator factor-vol --bundle " + preferred;
        begin(command, preferred + " StateNoiseEstimator factor-vol");
        Matcher ranking = RANKING.matcher(karaf.ask(command));
        assertThat(ranking.find()).as(command).isTrue();
        assertThat(karaf.ask("storm:back service.ranking=" + ranking.group(1))).isEmpty();
    }

    private void change(String command, String whom, String over) {
        begin(command, whom);
        assertThat(karaf.ask(command)).as(command).matches(command.equals(guest) ? "Bundle ID: \\d+" : "");
        assertThat(karaf.ask(over)).isEmpty();
    }

    private void begin(String command, String whom) {
        history.add(command);
        assertThat(karaf.ask("storm:change " + whom)).isEmpty();
    }
}
