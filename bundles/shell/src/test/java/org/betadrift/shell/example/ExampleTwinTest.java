package org.betadrift.shell.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped files are what the generator makes, byte for byte. */
class ExampleTwinTest {

    @ParameterizedTest
    @ValueSource(strings = {"returns.csv", "yields.csv", "truth.csv"})
    void shippedFileIsTheGeneratedOne(String name) throws IOException {
        try (InputStream shipped = ExampleTwinTest.class.getResourceAsStream("/example/" + name)) {
            assertThat(shipped).as("resource example/%s", name).isNotNull();
            assertThat(shipped.readAllBytes())
                    .as("example/%s differs from ExampleTwin's output; its Javadoc says how to write it again", name)
                    .isEqualTo(ExampleTwin.files().get(name));
        }
    }
}
