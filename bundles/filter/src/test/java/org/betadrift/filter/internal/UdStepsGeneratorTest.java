package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checked-in steps are what the generator writes. {@code -Dkernels=write} writes them anew. */
class UdStepsGeneratorTest {
    private static final Path KERNELS = Path.of("src/main/java/org/betadrift/filter/internal");

    static IntStream states() {
        return IntStream.rangeClosed(1, UdSteps.MOST_STATES);
    }

    @ParameterizedTest
    @MethodSource("states")
    void theCheckedInSourceIsTheGenerators(int k) throws IOException {
        Path file = KERNELS.resolve(UdStepsGenerator.name(k) + ".java");
        String source = UdStepsGenerator.source(k);
        if ("write".equals(System.getProperty("kernels"))) {
            Files.writeString(file, source);
        }
        assertThat(file).as("stale: mvn -pl bundles/filter -am test -Dkernels=write").hasContent(source);
    }
}
