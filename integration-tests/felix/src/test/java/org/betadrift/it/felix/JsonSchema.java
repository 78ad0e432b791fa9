package org.betadrift.it.felix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.jar.JarFile;

/** The schema of the command line's JSON, as shipped. */
final class JsonSchema {
    private JsonSchema() { }

    static void assertValid(JsonNode json) throws IOException {
        Path report = Felix.distributionBundles().stream().filter(jar -> jar.getFileName().toString().startsWith("org.betadrift.report-"))
                .findFirst().orElseThrow();
        try (JarFile jar = new JarFile(report.toFile());
                InputStream schema = jar.getInputStream(jar.getEntry("META-INF/schema/estimate.schema.json"))) {
            assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema).validate(json)).isEmpty();
        }
    }
}
