package org.betadrift.it.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every contestant on every case some rounds and prints the tables. A round is short, so that the contestants of a case
 * meet the same load of the machine, and the fastest of its iterations counts, the one that was disturbed least; a ratio is of
 * one round, its spread that of the rounds.
 */
public final class Main {
    private static final int ROUNDS = 3;

    private Main() {
    }

    /** @param args where the tables are written too */
    public static void main(String[] args) throws RunnerException, IOException {
        Scores scores = new Scores();
        for (int round = 1; round <= ROUNDS; round++) {
            for (Case one : Case.values()) {
                System.out.println("round " + round + " of " + ROUNDS + ", case " + one);
                scores.add(new Runner(new OptionsBuilder().include(Contest.class.getName()).param("one", one.name())
                        .addProfiler(GCProfiler.class).shouldFailOnError(true).verbosity(VerboseMode.SILENT).build()).run());
            }
        }
        String tables = new Tables(scores).text();
        System.out.println(tables);
        Files.writeString(Path.of(args[0]), tables);
    }
}
