package org.betadrift.it.felix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.betadrift.it.felix.CommandLine.Outcome;
import org.junit.jupiter.api.Test;

/** The commands of the tutorial print what it quotes, in its order. */
class TutorialIT {
    private static final Path DISTRIBUTION = Path.of(System.getProperty("betadrift.distribution"));
    private static final String EXAMPLE = "bundles/shell/src/main/resources/example";
    private static final Pattern BLOCKS = Pattern.compile("(?s)```sh\n\\./betadrift (.*?)```\n```\n(.*?)```");
    private static final Pattern WORDS = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @Test
    void commandsPrintWhatIsQuoted() throws Exception {
        Path root = DISTRIBUTION.resolve("../../../..").normalize();
        String page = Files.readString(root.resolve("bundles/shell/TUTORIAL-sum-to-one.md"));
        assertThat(root.resolve(EXAMPLE)).isDirectory();
        Felix felix = Felix.whole();
        try {
            CommandLine betadrift = new CommandLine(felix);
            Matcher block = BLOCKS.matcher(page);
            int commands = 0;
            while (block.find()) {
                commands++;
                Outcome outcome = betadrift.run(Arrays.stream(words(block.group(1).replace("\\\n", " ")))
                        .map(word -> word.replace(EXAMPLE, root.resolve(EXAMPLE).toString())).toArray(String[]::new));
                assertThat(outcome.err()).isEmpty();
                assertThat(outcome.code()).isZero();
                int from = 0;
                for (String line : block.group(2).lines().filter(line -> !line.equals("...")).toList()) {
                    int at = outcome.out().indexOf(line, from);
                    assertThat(at).as("\"%s\" of command %d, after what is quoted before it, in%n%s", line, commands, outcome.out()).isNotNegative();
                    from = at + line.length();
                }
            }
            assertThat(commands).isEqualTo(page.split("```sh", -1).length - 1).isEqualTo(6);
        } finally {
            felix.close();
        }
    }

    private static String[] words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORDS.matcher(command);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2));
        }
        return words.toArray(String[]::new);
    }
}
