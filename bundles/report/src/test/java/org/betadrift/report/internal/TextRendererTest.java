package org.betadrift.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.betadrift.report.RenderOptions;
import org.betadrift.run.ExposureRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

class TextRendererTest {
    private final TextRenderer renderer = new TextRenderer("1.2.3");

    /** The approved pages are read, and changed, by people. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "varying", "several", "assets", "wide", "smoothed", "means", "last", "maximised", "unconverged", "point-in-time",
        "broken", "unclaimed", "limited", "mode-only"})
    void thePageIsTheApprovedOne(String run) throws IOException {
        assertThat(Fixtures.render(renderer, Fixtures.all().get(run))).isEqualTo(approved(run));
    }

    @Test
    void theMachinesLanguageDoesNotMatter() throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(Fixtures.render(renderer, Fixtures.plain())).isEqualTo(approved("plain"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void anyNumbersAtAllMakeAPage() {
        for (Map.Entry<String, ExposureRun> run : Fixtures.all().entrySet()) {
            assertThat(Fixtures.render(renderer, run.getValue())).as(run.getKey()).startsWith("Exposures of a fund\n").endsWith("\n")
                    .doesNotContain("NaN", "Infinity", "\t", "\r", "\u0001");
        }
    }

    @Test
    void aDiscountIsNoCovariance() {
        assertThat(Fixtures.render(renderer, Fixtures.discounted()).lines().filter(line -> line.contains("discount 0.98"))).hasSize(2);
    }

    @Test
    void linesFitAWideTerminal() {
        for (ExposureRun run : List.of(Fixtures.plain(), Fixtures.assets(), Fixtures.wide())) {
            assertThat(Fixtures.render(renderer, run).lines()).allMatch(line -> line.length() <= Page.WIDTH);
        }
    }

    @Test
    void aTitleCannotDriveTheTerminal() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        renderer.render(Fixtures.plain(), new RenderOptions("a\u001b[2Jb\nc\u009bd"), out);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("a [2Jb c d\n");
    }

    @Test
    void rolesNobodyPutIntoWordsAreReadable() {
        assertThat(Parts.role("StateNoiseEstimator")).isEqualTo("state noise");
        assertThat(Parts.role("ScenarioMaker")).isEqualTo("scenario maker");
    }

    @Test
    void listsAreWrappedBetweenItems() {
        List<String> names = IntStream.rangeClosed(1, 6).mapToObj(i -> "name" + i).toList();
        assertThat(Words.wrap(names, ", ", 21)).containsExactly("name1, name2, name3,", "name4, name5, name6");
        assertThat(Words.wrap(names, ", ", 20)).containsExactly("name1, name2, name3,", "name4, name5, name6");
        assertThat(Words.wrap(names, ", ", 19)).containsExactly("name1, name2,", "name3, name4,", "name5, name6");
        assertThat(Words.wrap(names, ", ", 1)).hasSize(6);
        assertThat(Words.wrap(List.of("alone"), ", ", 1)).containsExactly("alone");
    }

    @Test
    void sentencesBeginAndEnd() {
        assertThat(Words.sentence("a maximum, reached from 2 starts")).isEqualTo("A maximum, reached from 2 starts.");
        assertThat(Words.sentence(" Well. ")).isEqualTo("Well.");
        assertThat(Words.sentence("")).isEmpty();
    }

    @Test
    void listsAreSpoken() {
        assertThat(Words.and(List.of())).isEmpty();
        assertThat(Words.and(List.of("a"))).isEqualTo("a");
        assertThat(Words.and(List.of("a", "b"))).isEqualTo("a and b");
        assertThat(Words.and(List.of("a", "b", "c"))).isEqualTo("a, b and c");
    }

    @Test
    void theVersionIsTheBundlesWithoutItsQualifier() {
        Bundle bundle = answering(Bundle.class, "getVersion", new Version("1.4.2.202611220000"));
        BundleContext context = answering(BundleContext.class, "getBundle", bundle);
        assertThat(Fixtures.render(new TextRenderer(context), Fixtures.plain())).contains("\nMade by (betadrift 1.4.2)\n");
        assertThat(Fixtures.render(new JsonRenderer(context), Fixtures.plain())).contains("\"betadrift\":\"1.4.2\",");
    }

    private static <T> T answering(Class<T> type, String method, Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, m, args) -> {
            assertThat(m.getName()).isEqualTo(method);
            return answer;
        }));
    }

    private static String approved(String run) throws IOException {
        try (InputStream in = TextRendererTest.class.getResourceAsStream("approved-" + run + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void constraintsStandInTheModelEachOnce() {
        assertThat(Fixtures.render(renderer, Fixtures.constrained())).containsOnlyOnce("Constraint: sum=1~0.05 (within a standard deviation of 0.05 on every date)")
                .containsOnlyOnce("Constraint: avg(F; w1,w2)=1 (exact on every date)");
        assertThat(Fixtures.render(renderer, Fixtures.plain())).doesNotContain("Constraint");
    }

    @Test
    void withAndWithoutConstraints() {
        String text = Fixtures.render(renderer, Fixtures.compared());
        assertThat(text).containsOnlyOnce("With and without the constraints\n").containsOnlyOnce("their difference tests nothing; restriction does.")
                .contains("Exposures with and without the constraints (filtered)", "Exposures with and without the constraints (smoothed)",
                        "What the free exposures make of the constraints (filtered)", "Warnings of the run without constraints\n  a warning of the free run",
                        "State noise Q given the constraints", "No number here depends on any other part of Q.");
        List<String> lines = text.lines().toList();
        int at = lines.indexOf("Exposures with and without the constraints (filtered)");
        assertThat(lines.get(at + 2)).startsWith("  F").contains(" with ");
        assertThat(lines.get(at + 3)).contains(" without ");
        assertThat(lines.get(at + 4)).startsWith("  G");
        assertThat(text.lines().filter(line -> line.length() > 120)).isEmpty();
        assertThat(Fixtures.render(renderer, Fixtures.constrained())).doesNotContain("With and without");
    }

    /** The dates that would pay most, dearest first; one that y doesn't tell of isn't among them. */
    @Test
    void prices() {
        List<String> lines = Fixtures.render(renderer, Fixtures.compared()).lines().toList();
        int at = lines.indexOf("Price of the constraints");
        assertThat(lines.get(at + 2)).startsWith("  sum=1").contains("2020-02-07", "2.2500", "1.5000");
        assertThat(lines.subList(at + 3, at + 7)).allSatisfy(line -> assertThat(line).contains("2020-").doesNotContain("2020-01-24  -"));
        assertThat(lines.subList(at + 2, at + 7)).noneMatch(line -> line.contains("2020-01-31"));
    }
}
