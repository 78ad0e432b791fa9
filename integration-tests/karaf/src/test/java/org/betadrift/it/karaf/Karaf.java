package org.betadrift.it.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real Karaf process in a folder of its own, asked over standard input: no SSH, no test code in the container. */
final class Karaf {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;?]*[a-zA-Z]|\r");
    private static final String PROMPT = "karaf@root()>";

    private final Path home;
    private final Process process;
    private final long started = System.nanoTime();
    private final Thread killer = new Thread(this::kill);
    /** All that came from the process; its own monitor. */
    private final StringBuilder console = new StringBuilder();
    private boolean ended;
    private int questions;

    /** @param home a folder made by {@link #copy} */
    Karaf(Path home) throws IOException {
        this.home = home;
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/karaf").toString()).directory(home.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(key -> key.startsWith("KARAF") || key.startsWith("JAVA") || key.equals("EXTRA_JAVA_OPTS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TERM", "dumb");
        builder.environment().put("LC_ALL", "C.UTF-8");
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(killer);
        Thread pump = new Thread(this::pump, "console of " + home.getFileName());
        pump.setDaemon(true);
        pump.start();
    }

    /** A new copy of an unpacked Karaf. */
    static Path copy(Path unpacked, String name) throws IOException {
        Path home = Path.of(System.getProperty("karaf.work")).resolve(name);
        if (Files.exists(home)) {
            try (Stream<Path> old = Files.walk(home)) {
                old.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
        try (Stream<Path> files = Files.walk(unpacked)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = home.resolve(unpacked.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return home;
    }

    /** Changes a configuration file of one that isn't started yet. */
    static void replace(Path file, String regex, String replacement) throws IOException {
        String before = Files.readString(file);
        String after = before.replaceFirst(regex, replacement);
        assertThat(after).as(regex).isNotEqualTo(before);
        Files.writeString(file, after);
    }

    private void pump() {
        char[] buffer = new char[8192];
        try (Reader reader = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                synchronized (console) {
                    console.append(buffer, 0, n);
                    console.notifyAll();
                }
            }
        } catch (IOException e) {
            // killed
        }
        synchronized (console) {
            ended = true;
            console.notifyAll();
        }
    }

    Path home() {
        return home;
    }

    /** Drops a file into the folder {@code deploy}, whole or not at all: Karaf looks into it every second. @return where it is now */
    Path deploy(Path file) throws IOException {
        Path beside = home.resolve(file.getFileName());
        Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING);
        return Files.move(beside, home.resolve("deploy").resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Since the process was started. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /**
     * What the console answers to a line. A word is printed before the answer and one after it; the console echoes what it is sent, so the
     * words are put together only when printed.
     */
    String ask(String line) {
        int n = ++questions;
        int from;
        synchronized (console) {
            from = console.length();
        }
        send("echo \"BEGIN\" \"" + n + "\"; " + line + "\necho \"END\" \"" + n + "\"\n");
        String text = await(from, Pattern.compile("BEGIN " + n + "\n(.*)END " + n + "\n", Pattern.DOTALL), line);
        int prompt = text.indexOf(PROMPT);
        return (prompt < 0 ? text : text.substring(0, prompt)).strip();
    }

    /** Asks again until the answer is as expected; the console opens before all features are in. */
    String until(String line, Predicate<String> expected) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            String answer = ask(line);
            if (expected.test(answer)) {
                return answer;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(line + " still answers: " + answer);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Waits until a feature is installed as one that was asked for, and Karaf has finished with it. */
    void awaitFeature(String name) throws InterruptedException {
        until("feature:list -r --no-format", answer -> answer.lines().anyMatch(row -> row.matches(name + "\\s.*\\sStarted\\s.*")));
    }

    private void send(String text) {
        try {
            process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Karaf has ended: " + console, e);
        }
    }

    private String await(int from, Pattern pattern, String line) {
        long end = System.nanoTime() + LIMIT.toNanos();
        synchronized (console) {
            while (true) {
                String text = ESCAPE.matcher(console.substring(from)).replaceAll("");
                Matcher matcher = pattern.matcher(text);
                if (matcher.find()) {
                    return matcher.group(1);
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (ended || left <= 0) {
                    throw new AssertionError((ended ? "Karaf ended at " : "no answer to ") + line + ": " + text);
                }
                try {
                    console.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("interrupted at " + line, e);
                }
            }
        }
    }

    /** The virtual machine; bin/karaf is a shell script around it. */
    long pid() {
        return process.descendants().filter(p -> p.info().command().orElse("").endsWith("java")).findFirst().orElseThrow().pid();
    }

    /** Ends in order, with no trouble in the log; whatever happened, nothing is left running. */
    void stop() throws InterruptedException, IOException {
        try {
            send("system:shutdown -f\n");
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("ended by itself").isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(troubles()).isEmpty();
        } finally {
            kill();
            Runtime.getRuntime().removeShutdownHook(killer);
        }
    }

    /** Entries of the log that tell of trouble; what the user was told of a failed command, with the trace Karaf adds, isn't trouble. */
    private List<String> troubles() throws IOException {
        return Stream.of(Files.readString(home.resolve("data/log/karaf.log")).split("(?m)^(?=\\d{4}-\\d\\d-\\d\\dT)"))
                .filter(entry -> !entry.contains("| ShellUtil "))
                .filter(entry -> entry.contains("| ERROR ") || entry.contains("Exception") || entry.contains("SEVERE")).toList();
    }

    private void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
