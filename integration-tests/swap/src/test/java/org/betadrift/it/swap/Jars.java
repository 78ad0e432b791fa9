package org.betadrift.it.swap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/** Bundles made from bundles. */
final class Jars {
    private Jars() { }

    /** The same bundle with another version, as an update brings it; made once. */
    static Path withVersion(String version, Path bundle, Path folder) throws IOException {
        Path copy = folder.resolve(version + "-" + bundle.getFileName());
        if (Files.exists(copy)) {
            return copy;
        }
        try (JarFile in = new JarFile(bundle.toFile()); OutputStream file = Files.newOutputStream(copy)) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().putValue(Constants.BUNDLE_VERSION, version);
            try (JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (Enumeration<JarEntry> entries = in.entries(); entries.hasMoreElements();) {
                    JarEntry entry = entries.nextElement();
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME) && !entry.isDirectory()) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        in.getInputStream(entry).transferTo(out);
                    }
                }
            }
        }
        return copy;
    }
}
