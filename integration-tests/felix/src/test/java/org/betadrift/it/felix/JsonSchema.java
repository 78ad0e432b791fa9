package org.betadrift.it.felix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The checked-in schema of the command line's JSON. */
final class JsonSchema {
    private JsonSchema() { }

    static void assertValid(JsonNode json) throws IOException {
        try (InputStream schema = Objects.requireNonNull(JsonSchema.class.getResourceAsStream("/META-INF/schema/estimate.schema.json"))) {
            assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema).validate(json)).isEmpty();
        }
    }
}
