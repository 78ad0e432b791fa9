package org.betadrift.distribution.felix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the packaged folder and zip hold. */
class FolderIT {

    private static final Path TARGET = Path.of("target");
    private static final Path FOLDER = TARGET.resolve("betadrift");

    @ParameterizedTest
    @ValueSource(strings = {"bundle", "lib"})
    void everyForeignJarIsNamedWithItsLicence(String part) throws IOException {
        List<String> named = Files.readAllLines(FOLDER.resolve("THIRD-PARTY.txt"));
        for (Path jar : files(FOLDER.resolve(part))) {
            String name = part + "/" + jar.getFileName();
            if (name.startsWith(part + "/org.betadrift.") && !name.contains("ejml")) {
                continue;
            }
            assertThat(named).as("THIRD-PARTY.txt").anyMatch(line -> line.startsWith(name + " "));
        }
    }

    @Test
    void thirdPartyNamesOnlyWhatIsShipped() throws IOException {
        List<String> jars = Files.readAllLines(FOLDER.resolve("THIRD-PARTY.txt")).stream()
                .map(line -> line.split(" ", 2)[0]).filter(word -> word.endsWith(".jar")).toList();
        assertThat(jars).isNotEmpty().allSatisfy(jar -> assertThat(FOLDER.resolve(jar)).exists());
    }

    @Test
    void everyVersionIsFilledIn() throws IOException {
        for (String name : List.of("conf/framework.properties", "README.txt", "THIRD-PARTY.txt")) {
            assertThat(FOLDER.resolve(name)).content().doesNotContain("${");
        }
    }

    @Test
    void zipHoldsTheFolderWithItsExecutable() throws IOException {
        Path zip = files(TARGET).stream().filter(file -> file.getFileName().toString().endsWith(".zip")).findFirst().orElseThrow();
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true));
                Stream<Path> packed = Files.walk(inside.getPath("betadrift"));
                Stream<Path> unpacked = Files.walk(FOLDER)) {
            assertThat(packed.map(path -> path.toString().replaceAll("/$", "")))
                    .containsExactlyInAnyOrderElementsOf(unpacked.map(path -> TARGET.relativize(path).toString().replace('\\', '/')).toList());
            assertThat(Files.getPosixFilePermissions(inside.getPath("betadrift/bin/betadrift"))).contains(PosixFilePermission.OTHERS_EXECUTE);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
