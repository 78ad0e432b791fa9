package org.betadrift.it.karaf;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where a process waits for others, as Linux tells under /proc. */
final class Sockets {
    private static final String LISTENING = "0A";
    private static final String UNCONNECTED = "07";

    private Sockets() { }

    /** TCP sockets that listen, UDP sockets that receive from anyone: {@code tcp 127.0.0.1:8101}. */
    static Set<String> of(long pid) throws IOException {
        Path process = Path.of("/proc", String.valueOf(pid));
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            for (Path descriptor : (Iterable<Path>) descriptors::iterator) {
                String target = target(descriptor);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        Set<String> all = new TreeSet<>();
        for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
            Path table = process.resolve("net").resolve(protocol);
            for (String line : Files.exists(table) ? Files.readAllLines(table) : List.<String>of()) {
                String[] columns = line.strip().split("\\s+");
                if (columns.length > 9 && inodes.contains(columns[9]) && columns[3].equals(protocol.startsWith("tcp") ? LISTENING : UNCONNECTED)) {
                    all.add(protocol.substring(0, 3) + " " + address(columns[1]));
                }
            }
        }
        return all;
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            return "closed meanwhile";
        }
    }

    /** Hexadecimal, in words of four bytes with the lowest first. */
    private static String address(String hex) throws IOException {
        int colon = hex.indexOf(':');
        byte[] address = new byte[colon / 2];
        for (int i = 0; i < address.length; i++) {
            address[i / 4 * 4 + 3 - i % 4] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return InetAddress.getByAddress(address).getHostAddress() + ":" + Integer.parseInt(hex.substring(colon + 1), 16);
    }
}
