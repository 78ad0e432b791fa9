package org.betadrift.it.felix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same commands in a Gogo shell. */
class GogoIT {
    private static final Path EXAMPLE = Path.of(System.getProperty("betadrift.distribution")).resolve("example");
    private static Felix felix;
    private static Object session;

    @BeforeAll
    static void boot() throws Exception {
        try (Stream<Path> gogo = Files.list(Path.of(System.getProperty("gogo.folder")))) {
            felix = Felix.whole(gogo.toArray(Path[]::new));
        }
        new CommandLine(felix); // the commands are there
        // the shell's types are the framework's own, so reflection
        var reference = felix.context().getServiceReference("org.apache.felix.service.command.CommandProcessor");
        Object processor = felix.context().getService(reference);
        Method create = processor.getClass().getMethod("createSession", InputStream.class, OutputStream.class, OutputStream.class);
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        session = create.invoke(processor, new ByteArrayInputStream(new byte[0]), nowhere, nowhere);
    }

    @AfterAll
    static void stop() throws Exception {
        felix.close();
    }

    private static Object gogo(String line) throws Exception {
        Method execute = session.getClass().getMethod("execute", CharSequence.class);
        try {
            return execute.invoke(session, line);
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    @Test
    void strategies() throws Exception {
        assertThat((String) gogo("betadrift:strategies")).contains("StateNoiseEstimator", "factor-vol", "org.betadrift.estimator.factorvol");
    }

    @Test
    void estimateTakesTheOptionsOfTheCommandLine() throws Exception {
        assertThat((String) gogo("betadrift:estimate --data '" + EXAMPLE.resolve("returns.csv") + "' --frequency weekly --target FUND "
                + "--factors PREF,CONV --initial known:mean=0.5,0,variance=1,1 --state-noise fixed:1e-4,1e-4 --observation-noise ols"))
                .contains("FUND", "PREF", "org.betadrift.filter");
    }

    @Test
    void demoAndHelp() throws Exception {
        assertThat((String) gogo("betadrift:demo")).contains("correlation");
        assertThat((String) gogo("betadrift:help estimate")).contains("--state-noise");
    }

    @Test
    void runsAreListedAndCompared() throws Exception {
        gogo(estimate("factor-vol"));
        gogo(estimate("factor-vol:scale=2"));
        gogo(estimate("factor-vol"));
        List<String> runs = ((String) gogo("betadrift:runs")).lines().toList();
        assertThat(runs.get(0)).contains("Run", "State", "Recipe");
        List<String> ids = runs.stream().filter(line -> line.contains("| factor-vol")).map(line -> line.split(" ")[0]).toList();
        assertThat(ids).hasSizeGreaterThanOrEqualTo(3);
        String first = ids.get(ids.size() - 3);
        assertThat((String) gogo("betadrift:compare-runs " + first + " " + ids.get(ids.size() - 2)))
                .contains("factor-vol:scale=1 of org.betadrift.estimator.factorvol", "factor-vol:scale=2", "differs", "at most");
        assertThat((String) gogo("betadrift:compare-runs " + first + " " + ids.get(ids.size() - 1)))
                .doesNotContain("differs").contains("the same on every date");
        assertThatThrownBy(() -> gogo("betadrift:compare-runs " + first + " 9999")).hasMessageContaining("no finished run named 9999");
    }

    /** Through the configuration of the component; every strategy has one, under a PID that doesn't name a class. */
    @Test
    void preferChangesTheRanking() throws Exception {
        assertThat((String) gogo("betadrift:prefer InitialStateEstimator known"))
                .contains("gets ranking 1 (configuration org.betadrift.initial.known)");
        String known = await(() -> ((String) gogo("betadrift:strategies")).lines().filter(line -> line.startsWith("InitialStateEstimator") && line.contains(" known ")).findFirst().orElse(""),
                line -> line.contains(" 1  "));
        assertThat(known).contains("org.betadrift.filter");
        assertThat((String) gogo("betadrift:prefer InitialStateEstimator known")).contains("has the highest ranking already");
        assertThatThrownBy(() -> gogo("betadrift:prefer InitialStateEstimator knwn")).hasMessageContaining("did you mean known");
        assertThatThrownBy(() -> gogo("betadrift:prefer Initial known")).hasMessageContaining("no role named Initial");
    }

    private static String estimate(String stateNoise) {
        return "betadrift:estimate --data '" + EXAMPLE.resolve("returns.csv") + "' --frequency monthly --target FUND "
                + "--factors PREF,CONV --initial ols --state-noise " + stateNoise + " --observation-noise ols";
    }

    private static <T> T await(Callable<T> value, Predicate<T> good) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        T last = value.call();
        while (!good.test(last) && System.nanoTime() < end) {
            Thread.onSpinWait();
            last = value.call();
        }
        assertThat(last).matches(good);
        return last;
    }

    @Test
    void anErrorIsAnExceptionWithTheOneLine() {
        assertThatThrownBy(() -> gogo("betadrift:estimate --data nowhere.csv --target A --factors B --initial ols --state-noise factor-vol --observation-noise ols"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("nowhere.csv").hasMessageNotContaining("\n");
    }
}
