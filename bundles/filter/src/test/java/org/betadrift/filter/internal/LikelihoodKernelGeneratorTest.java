package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checked-in kernels are what the generator writes. {@code -Dkernels=write} writes them anew. */
class LikelihoodKernelGeneratorTest {
    private static final Path KERNELS = Path.of("src/main/java/org/betadrift/filter/internal");

    static IntStream states() {
        return IntStream.rangeClosed(1, StraightLine.MOST_STATES);
    }

    @ParameterizedTest
    @MethodSource("states")
    void theCheckedInSourceIsTheGenerators(int k) throws IOException {
        assertWritten(LikelihoodKernelGenerator.name(k), LikelihoodKernelGenerator.source(k));
        assertWritten(ScoreKernelGenerator.name(k), ScoreKernelGenerator.source(k));
    }

    private static void assertWritten(String name, String source) throws IOException {
        Path file = KERNELS.resolve(name + ".java");
        if ("write".equals(System.getProperty("kernels"))) {
            Files.writeString(file, source);
        }
        assertThat(file).as("stale: mvn -pl bundles/filter -am test -Dkernels=write").hasContent(source);
    }
}
