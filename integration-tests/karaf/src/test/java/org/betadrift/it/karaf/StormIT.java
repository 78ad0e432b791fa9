package org.betadrift.it.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Threads inside Karaf run estimates without pause while an operator changes everything under them, by Karaf's own commands. */
@DisabledOnOs(OS.WINDOWS)
@DisabledForJreRange(minVersion = 24, disabledReason = "Karaf 4.4 sets a security manager")
class StormIT {
    private static final int SWAPS = Integer.getInteger("betadrift.swaps");
    private static final int THREADS = 4;
    private static final String RIVAL = "org.betadrift.it.rival";
    private static Karaf karaf;

    @BeforeAll
    static void boot() throws Exception {
        Path home = Karaf.copy(Path.of(System.getProperty("karaf.assembly")), "storm");
        // Karaf's config commands write into etc, where Karaf looks every second and takes a file that is half written: not in a storm
        Karaf.replace(home.resolve("etc/config.properties"), "(?m)^felix\\.fileinstall\\.poll *=.*$", "felix.fileinstall.poll = 3600000");
        karaf = new Karaf(home);
        karaf.awaitFeature("betadrift-shell");
        karaf.deploy(Path.of(System.getProperty("storm.bundle")));
    }

    @AfterAll
    static void stop() throws Exception {
        karaf.stop();
    }

    @Test
    void noRunFailsAndEachSaysWhoMadeIt() throws Exception {
        long seed = Long.getLong("betadrift.seed", System.nanoTime());
        StormOperator operator = new StormOperator(karaf, new Random(seed), Path.of(System.getProperty("storm.guest")));
        reference();
        assertThat(karaf.ask("storm:begin " + THREADS + " " + seed)).isEmpty();
        long start = System.nanoTime();
        String report;
        try {
            for (int swap = 0; swap < SWAPS; swap++) {
                operator.changeSomething();
            }
            operator.restore();
            report = karaf.ask("storm:end");
            assertThat(report).matches("\\d+ runs, \\d+ rightly without a strategy");
        } catch (AssertionError e) {
            throw new AssertionError("betadrift.seed=" + seed + ", after " + operator.history() + ": " + e.getMessage(), e);
        }
        System.out.printf("storm in Karaf: %d changes in %.1f s; %s (betadrift.seed=%d)%n", operator.history().size(),
                (System.nanoTime() - start) / 1e9, report, seed);
        String[] words = report.split(" ");
        assertThat(Integer.parseInt(words[0])).as("runs").isGreaterThan(SWAPS * THREADS);
        assertThat(Integer.parseInt(words[2])).as("runs while a strategy was away").isPositive();
    }

    /** What each implementation makes of each configuration, on a quiet system: betadrift's own, and the rival preferred to it. */
    private static void reference() throws Exception {
        karaf.until("storm:reference", "org.betadrift.estimator.factorvol"::equals);
        assertThat(karaf.ask("betadrift:prefer StateNoiseEstimator factor-vol --bundle org.betadrift.it.guest")).contains("gets ranking 1");
        awaitRanking(1);
        assertThat(karaf.ask("storm:reference")).isEqualTo("org.betadrift.it.guest");
        assertThat(karaf.ask("config:delete " + RIVAL)).isEmpty();
        awaitRanking(-1);
    }

    private static void awaitRanking(int ofTheRival) throws Exception {
        karaf.until("betadrift:strategies",
                table -> table.lines().anyMatch(row -> row.matches("StateNoiseEstimator +factor-vol .*org\\.betadrift\\.it\\.guest .* " + ofTheRival + "  .*")));
    }
}
