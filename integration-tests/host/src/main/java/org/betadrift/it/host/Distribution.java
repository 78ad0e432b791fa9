package org.betadrift.it.host;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.betadrift.model.InvalidInputException;
import org.osgi.framework.Constants;

/** The folder of the Felix distribution, as an embedding application sees it. It is only read. */
final class Distribution {
    private final Path folder;
    private final List<Path> jars;
    private final Path api;

    /** @throws InvalidInputException it isn't one */
    Distribution(Path folder) throws IOException {
        this.folder = folder;
        jars = Files.isDirectory(folder.resolve("bundle")) ? jars(folder.resolve("bundle")) : List.of();
        api = jars.stream().filter(jar -> jar.getFileName().toString().startsWith("org.betadrift.api-")).findFirst()
                .orElseThrow(() -> InvalidInputException.of("distribution", folder, "there is no api bundle in its folder bundle",
                        "name the folder of the Felix distribution"));
    }

    /** Those to install: the application shares the api of its class path instead. */
    List<Path> bundles() {
        return jars.stream().filter(jar -> !jar.equals(api)).toList();
    }

    /** Of a framework that lends its bundles slf4j, as the distribution's own does, and the api. */
    Map<String, String> configuration() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("conf/framework.properties"))) {
            properties.load(reader);
        }
        Map<String, String> configuration = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> configuration.put(name, properties.getProperty(name)));
        configuration.merge(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, exports(api), (slf4j, packages) -> slf4j + "," + packages);
        return configuration;
    }

    /** With their versions; which packages a package uses can't be said of the class path's. */
    private static String exports(Path bundle) throws IOException {
        try (JarFile file = new JarFile(bundle.toFile())) {
            return file.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE).replaceAll(";uses:=\"[^\"]*\"", "");
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }
}
