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
    void anErrorIsAnExceptionWithTheOneLine() {
        assertThatThrownBy(() -> gogo("betadrift:estimate --data nowhere.csv --target A --factors B --initial ols --state-noise factor-vol --observation-noise ols"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("nowhere.csv").hasMessageNotContaining("\n");
    }
}
