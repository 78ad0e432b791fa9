package org.betadrift.it.swap;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.betadrift.it.storm.Cases;
import org.betadrift.it.storm.Eventually;
import org.betadrift.it.storm.Presence;
import org.betadrift.run.ExposureService;
import org.betadrift.run.StrategyInfo;
import org.osgi.framework.Bundle;

/** Changes one thing after the other, at random, and keeps account of what is there. One thread. */
final class Operator {
    private static final List<String> BUNDLES = List.of(Cases.OLS, Cases.FACTOR_VOL, Cases.FILTER, Cases.GUEST, "org.betadrift.diagnostics");

    /** One change. */
    private interface Change {
        void make() throws Exception;
    }

    private final Container container;
    private final ExposureService exposures;
    private final Random random;
    private final Path folder;
    private final Presence presence;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> history = new ArrayList<>();
    private final Map<String, List<String>> names; // of each bundle, while it is active
    private final Map<String, Path> jars = new HashMap<>();
    private final List<String> stopped = new ArrayList<>();
    private final List<String> uninstalled = new ArrayList<>();
    private int updates;

    /** Everything is there now. @param folder for new versions */
    Operator(Container container, ExposureService exposures, Random random, Path folder) {
        this.container = container;
        this.exposures = exposures;
        this.random = random;
        this.folder = folder;
        List<StrategyInfo> now = exposures.strategies();
        presence = new Presence(now);
        names = now.stream().collect(Collectors.groupingBy(StrategyInfo::bundle, Collectors.mapping(Operator::name, Collectors.toList())));
        BUNDLES.forEach(bundle -> jars.put(bundle, Path.of(URI.create(container.bundle(bundle).getLocation()))));
    }

    private static String name(StrategyInfo strategy) {
        return strategy.role() + " " + strategy.name();
    }

    Presence presence() {
        return presence;
    }

    /** How often what was done. */
    Map<String, Integer> counts() {
        return counts;
    }

    /** What was done, in order. */
    List<String> history() {
        return history;
    }

    void changeSomething() throws Exception {
        if (!stopped.isEmpty() && random.nextInt(3) > 0) {
            start(stopped.remove(0));
        } else if (!uninstalled.isEmpty() && random.nextInt(3) > 0) {
            reinstall(uninstalled.remove(0));
        } else if (random.nextInt(5) < 2) {
            configureSomething();
        } else {
            changeABundle();
        }
    }

    /** Everything is there again afterwards. */
    void restore() throws Exception {
        while (!stopped.isEmpty()) {
            start(stopped.remove(0));
        }
        while (!uninstalled.isEmpty()) {
            reinstall(uninstalled.remove(0));
        }
    }

    private void changeABundle() throws Exception {
        String name = BUNDLES.get(random.nextInt(BUNDLES.size()));
        if (stopped.contains(name) || uninstalled.contains(name)) {
            configureSomething();
            return;
        }
        Bundle bundle = container.bundle(name);
        switch (random.nextInt(4)) {
            case 0 -> {
                bundle("stop", name, bundle::stop, false);
                stopped.add(name);
            }
            case 1 -> {
                bundle("uninstall", name, () -> {
                    bundle.uninstall();
                    if (random.nextBoolean()) {
                        container.refresh(bundle);
                    }
                }, false);
                uninstalled.add(name);
            }
            case 2 -> {
                Path jar = Jars.withVersion("1.0.0.update" + ++updates % 2, jars.get(name), folder);
                bundle("update", name, () -> {
                    try (InputStream in = Files.newInputStream(jar)) {
                        bundle.update(in);
                    }
                }, true);
            }
            default -> bundle("refresh", name, () -> container.refresh(bundle), true);
        }
    }

    private void start(String name) throws Exception {
        bundle("start", name, container.bundle(name)::start, true);
    }

    private void reinstall(String name) throws Exception {
        bundle("reinstall", name, () -> container.install(jars.get(name)).start(), true);
    }

    private void bundle(String what, String name, Change change, boolean thereAfterwards) throws Exception {
        List<String> its = names.get(name);
        change(what, name, s -> s.bundle().equals(name), change, () -> exposures.strategies().stream().filter(s -> s.bundle().equals(name))
                .map(Operator::name).collect(Collectors.toSet()).containsAll(thereAfterwards ? its : List.of()));
    }

    private void configureSomething() throws Exception {
        switch (random.nextInt(5)) {
            case 0 -> configure("re-configure", "org.betadrift.state-noise.factor-vol", Cases.FACTOR_VOL, "factor-vol",
                    Map.of("scale", one(Cases.SCALES)));
            case 1 -> configure("re-configure", "org.betadrift.initial.ols", Cases.OLS, "ols", Map.of("variance", one(Cases.VARIANCES)));
            case 2 -> configure("re-rank", "org.betadrift.it.rival", Cases.GUEST, "factor-vol",
                    Map.of("level", one(Cases.LEVELS), "service.ranking", random.nextInt(5) - 2));
            case 3 -> configure("re-rank", "org.betadrift.state-noise.factor-vol", Cases.FACTOR_VOL, "factor-vol",
                    Map.of("scale", one(Cases.SCALES), "service.ranking", random.nextInt(3) - 1));
            default -> change("configure", "org.betadrift.runtime", s -> false,
                    () -> container.configure("org.betadrift.runtime", Map.of("threads", 1 + random.nextInt(4))), () -> true);
        }
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** The strategy comes back as another instance with these properties, if its bundle is there. */
    private void configure(String what, String pid, String bundle, String name, Map<String, ?> properties) throws Exception {
        boolean role = name.equals("ols");
        Predicate<StrategyInfo> it = s -> s.bundle().equals(bundle) && s.name().equals(name)
                && (!role || s.role().equals("InitialStateEstimator"));
        List<StrategyInfo> before = exposures.strategies().stream().filter(it).toList();
        change(what, pid + properties, it, () -> container.configure(pid, properties), () -> {
            List<StrategyInfo> now = exposures.strategies().stream().filter(it).toList();
            return before.isEmpty() || !now.isEmpty() && !now.equals(before) && now.stream().allMatch(s -> has(s, properties));
        });
    }

    private static boolean has(StrategyInfo strategy, Map<String, ?> properties) {
        return properties.entrySet().stream().allMatch(e -> e.getKey().equals("service.ranking")
                ? e.getValue().equals(strategy.ranking()) : strategy.options().contains(e.getKey() + "=" + e.getValue()));
    }

    private void change(String what, String whom, Predicate<StrategyInfo> leaving, Change change, java.util.concurrent.Callable<Boolean> settled)
            throws Exception {
        history.add(what + " " + whom);
        counts.merge(what, 1, Integer::sum);
        presence.begin(leaving);
        change.make();
        Eventually.isTrue(what + " " + whom + " takes effect", settled);
        presence.settle(exposures.strategies());
    }
}
