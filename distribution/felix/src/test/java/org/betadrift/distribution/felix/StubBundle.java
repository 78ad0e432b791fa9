package org.betadrift.distribution.felix;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Writes a bundle that holds {@link StubCommandLine}. */
final class StubBundle {

    private static final String COMPONENT = """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="stub">
              <implementation class="%s"/>
              <property name="betadrift.role" value="command-line"/>
              <service><provide interface="java.util.function.ToIntBiFunction"/></service>
              <reference name="engine" interface="java.util.function.Supplier"/>
            </scr:component>
            """.formatted(StubCommandLine.class.getName());

    private final Manifest manifest = new Manifest();

    private StubBundle() {
        header("Manifest-Version", "1.0");
        header("Bundle-ManifestVersion", "2");
        header("Bundle-SymbolicName", "stub");
    }

    /** Its activator registers the service. */
    static StubBundle activated() {
        return new StubBundle().header("Bundle-Activator", StubCommandLine.class.getName()).header("Import-Package", "org.osgi.framework");
    }

    /** Its component waits for a service that nobody offers. */
    static StubBundle unsatisfied() {
        return new StubBundle().header("Service-Component", "component.xml").header("Import-Package", "org.osgi.framework");
    }

    StubBundle header(String name, String value) {
        manifest.getMainAttributes().put(new Attributes.Name(name), value);
        return this;
    }

    void write(Path jar) throws IOException {
        String type = StubCommandLine.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream code = StubCommandLine.class.getClassLoader().getResourceAsStream(type)) {
            out.putNextEntry(new JarEntry(type));
            code.transferTo(out);
            out.putNextEntry(new JarEntry("component.xml"));
            out.write(COMPONENT.getBytes(StandardCharsets.UTF_8));
        }
    }
}
