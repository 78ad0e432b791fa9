package org.betadrift.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.betadrift.model.Vector;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every exported package offers is what its checked-in listing says, so that no change of the API goes unseen.
 * {@code -Dapi.listing=write} writes the listings anew.
 */
class ApiSurfaceTest {
    private static final Path LISTINGS = Path.of("src/test/resources/org/betadrift/surface");
    private static final Pattern EXPORT = Pattern.compile("(org\\.betadrift\\.[a-z.]+);.*?version=\"([0-9.]+)\"");

    private static final String REMEDY = """
            If it is meant: raise @Version in package-info.java where that version was released already (something gone or changed, or new
            and abstract in a @ConsumerType: major; else minor), run mvn -pl bundles/api test -Dapi.listing=write and commit the listing
            with a line [API] in CHANGELOG.md.""";

    @TestFactory
    Stream<DynamicTest> everyPackageIsAsListed() throws Exception {
        return exports().entrySet().stream().map(export -> DynamicTest.dynamicTest(export.getKey(), () -> {
            Path file = LISTINGS.resolve(export.getKey() + ".txt");
            List<String> listing = Surface.of(classes(), export.getKey(), export.getValue());
            if ("write".equals(System.getProperty("api.listing"))) {
                Files.createDirectories(LISTINGS);
                Files.write(file, listing);
            }
            requireSame(Files.exists(file) ? Files.readAllLines(file) : List.of(), listing);
        }));
    }

    private static void requireSame(List<String> listed, List<String> present) {
        List<String> changes = new ArrayList<>();
        listed.stream().filter(line -> !present.contains(line)).forEach(line -> changes.add("- " + line));
        present.stream().filter(line -> !listed.contains(line)).forEach(line -> changes.add("+ " + line));
        if (!listed.equals(present)) {
            throw new AssertionError("the API changed:\n" + String.join("\n", changes) + "\n" + REMEDY);
        }
    }

    @Test
    void noListingIsLeftOver() throws IOException {
        try (Stream<Path> files = Files.list(LISTINGS)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
                    .containsExactlyInAnyOrderElementsOf(exports().keySet());
        }
    }

    /** By package, as the manifest of the bundle says. */
    private static Map<String, String> exports() throws IOException {
        Map<String, String> versions = new TreeMap<>();
        try (InputStream in = Files.newInputStream(classes().resolve("META-INF/MANIFEST.MF"))) {
            String header = new Manifest(in).getMainAttributes().getValue("Export-Package").replaceAll(";uses:=\"[^\"]*\"", "");
            Matcher export = EXPORT.matcher(header);
            while (export.find()) {
                versions.put(export.group(1), export.group(2));
            }
        }
        return versions;
    }

    private static Path classes() {
        return Path.of(URI.create(Vector.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
