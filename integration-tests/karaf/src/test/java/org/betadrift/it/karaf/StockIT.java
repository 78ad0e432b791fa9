package org.betadrift.it.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The KAR dropped into a stock Karaf that has neither a remote repository nor anything in its local one. */
@DisabledOnOs(OS.WINDOWS)
@DisabledForJreRange(minVersion = 24, disabledReason = "Karaf 4.4 sets a security manager")
class StockIT {
    private static Karaf karaf;
    private static Path repository;

    @BeforeAll
    static void boot() throws Exception {
        Path home = Karaf.copy(Path.of(System.getProperty("karaf.stock")), "stock");
        repository = Files.createDirectory(home.resolve("empty-repository"));
        alone(home.resolve("etc/org.ops4j.pax.url.mvn.cfg"));
        // a stock Karaf listens at fixed ports, SSH for everyone
        Karaf.replace(home.resolve("etc/org.apache.karaf.shell.cfg"), "(?m)^sshPort = .*$", "sshPort = " + freePort());
        Karaf.replace(home.resolve("etc/org.apache.karaf.shell.cfg"), "(?m)^sshHost = .*$", "sshHost = 127.0.0.1");
        Karaf.replace(home.resolve("etc/org.apache.karaf.management.cfg"), "(?m)^rmiRegistryPort = .*$", "rmiRegistryPort = " + freePort());
        Karaf.replace(home.resolve("etc/org.apache.karaf.management.cfg"), "(?m)^rmiServerPort = .*$", "rmiServerPort = " + freePort());
        karaf = new Karaf(home);
    }

    @AfterAll
    static void stop() throws Exception {
        karaf.stop();
    }

    @Test
    void theKarIsAllItNeeds() throws Exception {
        karaf.awaitFeature("kar");
        assertThat(karaf.ask("betadrift:strategies")).isEqualTo("Command not found: betadrift:strategies");

        Path kar = karaf.deploy(Path.of(System.getProperty("betadrift.kar")));
        String answer = karaf.until(CommandLine.estimate(), a -> a.contains("Factor dynamics"));
        assertThat(CommandLine.numbers(answer)).isEqualTo(CommandLine.numbers());
        karaf.awaitFeature("betadrift");
        assertThat(repository).isEmptyDirectory();

        Files.delete(kar);
        karaf.until("kar:list", a -> !a.contains("betadrift"));
        assertThat(karaf.ask("betadrift:strategies")).isEqualTo("Command not found: betadrift:strategies");
    }

    /** Takes every repository away but those inside the folder. */
    private static void alone(Path configuration) throws IOException {
        Karaf.replace(configuration, "(?m)^(org\\.ops4j\\.pax\\.url\\.mvn\\.repositories *=)(.*\\\\\\R)*.*$", "$1");
        Files.write(configuration, List.of("", "org.ops4j.pax.url.mvn.localRepository = ${karaf.home}/" + repository.getFileName(),
                "org.ops4j.pax.url.mvn.settings = ${karaf.home}/none.xml"), StandardOpenOption.APPEND);
        assertThat(Files.readAllLines(configuration)).filteredOn(line -> !line.startsWith("#")).noneMatch(line -> line.contains("http"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
