package org.betadrift.it.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** README.md quotes this module's files word for word, but for indentation and what stands at a line {@code // ...}. */
class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("betadrift.root"));
    private static final Path SOURCES = ROOT.resolve("integration-tests/host/src/main/java/org/betadrift/it/host");

    @ParameterizedTest
    @CsvSource({"0, EmbeddedBetadrift", "1, ResearchPlatform", "2, morning/MorningExposures"})
    void quotes(int index, String file) throws IOException {
        List<String> quotations = quotations();
        assertThat(quotations).hasSize(3);
        String source = withoutIndentation(Files.readString(SOURCES.resolve(file + ".java")));
        int from = 0;
        for (String piece : withoutIndentation(quotations.get(index)).split("(?m)^// \\.\\.\\.\n")) {
            int at = source.indexOf(piece, from);
            assertThat(at).as("place in %s of%n%s", file, piece).isNotNegative();
            from = at + piece.length();
        }
    }

    /** The Java of the section for host developers. */
    private static List<String> quotations() throws IOException {
        String page = Files.readString(ROOT.resolve("README.md"));
        String section = page.substring(page.indexOf("## From a program"), page.indexOf("## In Felix or Karaf"));
        return Pattern.compile("(?s)```java\n(.*?)```").matcher(section).results().map((MatchResult match) -> match.group(1)).toList();
    }

    private static String withoutIndentation(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n", "", "\n"));
    }
}
