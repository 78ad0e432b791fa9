package org.betadrift.it.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
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
                scores.add(new Runner(new OptionsBuilder().include(Contest.class.getName() + "\\.").param("one", one.name())
                        .addProfiler(GCProfiler.class).shouldFailOnError(true).verbosity(VerboseMode.SILENT).build()).run());
            }
        }
        FitTable fits = new FitTable();
        for (int round = 1; round <= ROUNDS; round++) {
            for (Funds funds : Funds.values()) {
                // the whole panel only confirms what its part says
                if (funds != Funds.E200 || round == ROUNDS) {
                    System.out.println("round " + round + " of " + ROUNDS + ", maximum likelihood of " + funds);
                    fits.add(new Runner(fit(funds)).run());
                }
            }
        }
        AssetsTable several = new AssetsTable();
        for (int round = 1; round <= ROUNDS; round++) {
            for (Assets assets : Assets.values()) {
                System.out.println("round " + round + " of " + ROUNDS + ", several assets " + assets);
                several.add(new Runner(fit(assets)).run());
            }
        }
        String tables = new Tables(scores).text() + fits.text() + several.text();
        System.out.println(tables);
        Files.writeString(Path.of(args[0]), tables);
    }

    private static Options fit(Funds funds) {
        String[] fitters = Arrays.stream(Fitter.values()).filter(fitter -> fitter.competesOn(funds)).map(Fitter::name).toArray(String[]::new);
        return new OptionsBuilder().include(FitContest.class.getName() + "\\.").param("funds", funds.name()).param("fitter", fitters).shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT).build();
    }

    private static Options fit(Assets assets) {
        String[] fitters = Arrays.stream(AssetsFitter.values()).filter(fitter -> fitter.competesOn(assets)).map(AssetsFitter::name).toArray(String[]::new);
        return new OptionsBuilder().include(AssetsContest.class.getName() + "\\.").param("assets", assets.name()).param("fitter", fitters)
                .shouldFailOnError(true).verbosity(VerboseMode.SILENT).build();
    }
}
