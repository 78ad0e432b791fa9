package org.betadrift.it.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.betadrift.it.storm.Cases;
import org.betadrift.it.storm.Eventually;
import org.betadrift.it.storm.Judge;
import org.betadrift.it.storm.Load;
import org.betadrift.run.ExposureService;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Four threads run estimates without pause while an operator changes everything under them. */
class SwapStormIT {
    private static final int SWAPS = Integer.getInteger("betadrift.swaps");
    private static final int THREADS = 4;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void noRunFailsAndEachSaysWhoMadeIt(Brand brand) throws Exception {
        long seed = Long.getLong("betadrift.seed", System.nanoTime());
        try (Container container = Container.sharingApi(brand, Container.guest()).start()) {
            Gate.in(container);
            ExposureService exposures = container.service(ExposureService.class, "");
            Cases cases = cases(container, exposures);
            assertThat(cases.all()).doesNotHaveDuplicates();
            Operator operator = new Operator(container, exposures, new Random(seed), folder);
            Judge judge = new Judge(operator.presence(), cases);
            long start = System.nanoTime();
            try (Load load = new Load(exposures, THREADS, seed)) {
                for (int swap = 0; swap < SWAPS; swap++) {
                    operator.changeSomething();
                    load.awaitRound();
                    load.take().forEach(judge::judge);
                }
                operator.restore();
                load.awaitRound();
                load.take().forEach(judge::judge);
            } catch (AssertionError e) {
                List<String> last = operator.history().subList(Math.max(0, operator.history().size() - 5), operator.history().size());
                throw new AssertionError("betadrift.seed=" + seed + " on " + brand + ", after " + last + ": " + e.getMessage(), e);
            }
            container.log().assertQuiet();
            container.log().console().printf("swap storm on %s, betadrift.seed=%d: %s in %.1f s; %d runs, %d rightly without a strategy%n", brand, seed,
                    operator.counts(), (System.nanoTime() - start) / 1e9, judge.runs(), judge.notFound());
            assertThat(judge.runs()).isGreaterThan(SWAPS * THREADS);
        }
    }

    /** With the rival ranked first, then last. */
    private static Cases cases(Container container, ExposureService exposures) throws Exception {
        Cases cases = new Cases();
        for (int ranking : new int[] {1, -1}) {
            container.configure("org.betadrift.it.rival", Map.of("service.ranking", ranking));
            Eventually.isTrue("the ranking of the rival", () -> exposures.strategies().stream()
                    .anyMatch(s -> s.bundle().equals(Cases.GUEST) && s.name().equals("factor-vol") && s.ranking() == ranking));
            assertThat(cases.compute(exposures)).isEqualTo(ranking > 0 ? Cases.GUEST : Cases.FACTOR_VOL);
        }
        return cases;
    }
}
