package org.betadrift.distribution.felix;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The folder of the distribution. It is only read. */
final class Home {

    private static final String LOGGING = "java.util.logging.config.file";

    private final Path folder;

    Home(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** The properties of conf/framework.properties. */
    Map<String, String> configuration() throws StartException {
        Path file = folder.resolve("conf/framework.properties");
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException("cannot read " + file + ": " + e, e);
        }
        Map<String, String> configuration = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> configuration.put(name, properties.getProperty(name)));
        return configuration;
    }

    /** The jars in bundle/, by name. */
    List<Path> bundles() throws StartException {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("bundle"), "*.jar")) {
            files.forEach(jars::add);
        } catch (IOException e) {
            throw new StartException("cannot read the bundles: " + e, e);
        }
        jars.sort(null);
        return jars;
    }

    /** Points java.util.logging, before its first use, to conf/logging.properties; a file the user chose stays. */
    void configureLogging() {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, folder.resolve("conf/logging.properties").toString());
        }
    }
}
