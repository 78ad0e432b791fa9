package org.betadrift.it.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** CONTRIBUTING.md quotes the sample word for word, the sample stays small, and it builds with the plugins of the reactor. */
class ContributingTest {
    private static final Path ROOT = Path.of(System.getProperty("betadrift.root"));
    private static final Path SAMPLE = ROOT.resolve("integration-tests/sample-estimator/ewma");
    private static final Path POM = SAMPLE.resolve("pom.xml");
    private static final Path STRATEGY = SAMPLE.resolve("src/main/java/com/acme/ewma/EwmaStateNoise.java");
    private static final Path CONTRACT = SAMPLE.resolve("src/test/java/com/acme/ewma/EwmaContractTest.java");

    @Test
    void quotesTheSample() throws IOException {
        String page = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
        assertThat(page).contains("```xml\n" + Files.readString(POM) + "```", "```java\n" + Files.readString(STRATEGY) + "```",
                "```java\n" + Files.readString(CONTRACT) + "```");
    }

    @Test
    void isAtMostSixtyLines() throws IOException {
        assertThat(Files.readAllLines(POM).size() + Files.readAllLines(STRATEGY).size()).isLessThanOrEqualTo(60);
        assertThat(Files.readString(POM)).doesNotContain("<parent>");
    }

    /** Else a build without network would miss them. */
    @Test
    void usesTheVersionsOfTheReactor() throws IOException {
        String reactor = Files.readString(ROOT.resolve("pom.xml"));
        assertThat(Files.readString(POM)).contains(
                dependency("org.betadrift.api", property(reactor, "version")),
                dependency("org.betadrift.testkit", property(reactor, "version")),
                dependency("org.osgi.service.component.annotations", property(reactor, "osgi.service.component.version")),
                dependency("bnd-maven-plugin", property(reactor, "bnd.version")));
        for (String plugin : new String[] {"maven-resources-plugin", "maven-compiler-plugin", "maven-surefire-plugin"}) {
            String version = after(reactor, "<artifactId>" + plugin + "</artifactId>", "<version>");
            assertThat(Files.readString(POM)).contains(dependency(plugin, version));
        }
    }

    private static String dependency(String artifact, String version) {
        return "<artifactId>" + artifact + "</artifactId><version>" + version + "</version>";
    }

    private static String property(String pom, String name) {
        return after(pom, "", "<" + name + ">");
    }

    private static String after(String pom, String place, String tag) {
        int start = pom.indexOf(tag, pom.indexOf(place)) + tag.length();
        return pom.substring(start, pom.indexOf('<', start));
    }
}
