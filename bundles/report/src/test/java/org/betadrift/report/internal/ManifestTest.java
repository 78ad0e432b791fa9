package org.betadrift.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;

/**
 * A file in the folder of the api's package {@code org.betadrift.report} would make this bundle its exporter, with
 * nothing in it. The schema lies elsewhere for that reason.
 */
class ManifestTest {
    @Test
    void theContractIsImportedAndNothingExported() throws IOException {
        Attributes manifest = manifest();
        assertThat(manifest.getValue("Export-Package")).isNull();
        assertThat(manifest.getValue("Import-Package")).contains("org.betadrift.report;version=");
    }

    @Test
    void bothRenderersAreComponents() throws IOException {
        assertThat(manifest().getValue("Service-Component")).contains("org.betadrift.renderer.json.xml", "org.betadrift.renderer.text.xml");
    }

    private static Attributes manifest() throws IOException {
        URL classes = JsonRenderer.class.getProtectionDomain().getCodeSource().getLocation();
        try (InputStream in = new URL(classes, "META-INF/MANIFEST.MF").openStream()) {
            return new Manifest(in).getMainAttributes();
        }
    }
}
