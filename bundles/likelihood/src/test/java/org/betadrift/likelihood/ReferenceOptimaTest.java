package org.betadrift.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.betadrift.estimation.ConvergenceRecord.Mode;
import org.betadrift.filter.Monitor;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optima of our own simulated data that were found by many starts of two other machines, A and B polished in 300 bits. */
class ReferenceOptimaTest {
    /**
     * @param theta variances of the states that move, then R
     * @param errors of their logarithms; null where not worked out
     */
    record Optimum(String name, Sample sample, ModelTemplate template, double logLikelihood, double[] theta, double[] errors) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Optimum> optima() {
        Sample a = Cases.a();
        Sample b = Cases.b();
        return List.of(
                new Optimum("A diffuse", a, Cases.diffuse(a), 1946.351470815654,
                        new double[] {0.0010601248804916104, 0.00010959310605579254, 2.6928942770806515e-05},
                        new double[] {0.44796425996954176, 0.6136035356091785, 0.06633182167014923}),
                new Optimum("A proper", a, Cases.randomWalk(a, Cases.known(new double[] {0.5, 0.2}, 0.25, -0.05, 0.16)), 1947.8051083979142,
                        new double[] {0.0010563561893703183, 0.00010995646155041943, 2.692716167336522e-05},
                        new double[] {0.44786665172204565, 0.6146729413537785, 0.06632995441549427}),
                new Optimum("A seed's prior", a, Cases.randomWalk(a, Cases.known(new double[] {-0.0651142720604352, -0.24036874466457092}, 100, 0, 100)),
                        1941.7439726244688, new double[] {0.0010601211482350358, 0.00010959213523686803, 2.6928939441600697e-05},
                        new double[] {0.4479638294220599, 0.6136004532599503, 0.06633181628158825}),
                new Optimum("B diffuse", b, Cases.diffuse(b), 2046.843569091546,
                        new double[] {0.0022736860856560786, 3.315234469692159e-05, 0.000615742463555788, 3.420588264780437e-05},
                        new double[] {0.3309864615600535, 1.163306962709142, 0.7689107831480857, 0.06750293134386562}),
                new Optimum("B proper", b, Cases.randomWalk(b, Cases.known(new double[] {0, 1, 0, 0}, 1e-6, 0, 0.25, 0, 0, 0.25, 0, 0, 0, 0.25)),
                        2054.8745016178073, new double[] {0.0022866067469528703, 3.54659290133973e-05, 0.0005585392476244887, 3.4265884065555854e-05},
                        new double[] {0.33088340609635997, 1.1356195208812705, 0.8023490073939457, 0.06752289026564795}));
    }

    @ParameterizedTest
    @MethodSource("optima")
    void isFoundWithItsStandardErrors(Optimum optimum) {
        Maximum best = Cases.maximise(Cases.likelihood(optimum.sample, optimum.template, Cases.diagonal(optimum.sample)));
        assertThat(best.logLikelihood()).isCloseTo(optimum.logLikelihood, within(1e-8));
        for (int i = 0; i < optimum.theta.length; i++) {
            assertThat(best.theta()[i]).isCloseTo(optimum.theta[i], within(1e-6 * optimum.theta[i]));
            double error = best.convergence().parameters().get(i).standardError() / best.theta()[i];
            assertThat(error).isCloseTo(optimum.errors[i], within(1e-5 * optimum.errors[i]));
        }
        assertThat(best.convergence().converged()).isTrue();
        assertThat(best.convergence().verdict()).isEqualTo("a maximum, reached from 2 of 2 starts");
        assertThat(best.convergence().suggestion()).isEmpty();
        assertThat(best.convergence().gradientNorm()).isLessThan(1e-8);
        assertThat(best.convergence().condition()).isBetween(10.0, 1e4);
        assertThat(best.convergence().evaluations()).isLessThan(80);
    }

    /** 200 funds with {@code -Pfull}: none below the best known, zeros where they belong. */
    @Test
    void panelOfFunds() {
        int every = Integer.getInteger("betadrift.funds.every", 10);
        List<String> complaints = new ArrayList<>();
        int i = 0;
        for (Map.Entry<String, double[]> fund : Cases.optima().entrySet()) {
            // the three whose other maxima are nearest are always there
            if (i++ % every != 0 && !List.of("f051", "f078", "f197").contains(fund.getKey())) {
                continue;
            }
            Maximum best = Cases.maximise(Cases.likelihood(Cases.e(fund.getKey())));
            double gap = fund.getValue()[0] - best.logLikelihood();
            boolean zeros = true;
            for (int k = 0; k < 4; k++) {
                zeros &= (best.theta()[k] == 0) == (fund.getValue()[k + 1] < 1e-15);
            }
            if (!(gap < 1e-4) || !zeros || !best.convergence().converged()) {
                complaints.add(fund.getKey() + ": gap " + gap + ", " + best.convergence().verdict());
            }
        }
        assertThat(complaints).isEmpty();
    }

    /** From anywhere between 1e-12 and 1e6 of its unit; 50 each with {@code -Pfull}. The tool's own starts make good what one misses. */
    @Test
    void badStarts() {
        List<Likelihood> problems = new ArrayList<>(List.of(Cases.likelihood(Cases.a()), Cases.likelihood(Cases.b())));
        List<Double> optima = new ArrayList<>(List.of(1946.351470815654, 2046.843569091546));
        int fund = 0;
        for (Map.Entry<String, double[]> e : Cases.optima().entrySet()) {
            if (fund++ % 10 == 0) {
                problems.add(Cases.likelihood(Cases.e(e.getKey())));
                optima.add(e.getValue()[0]);
            }
        }
        int tried = 0;
        int alone = 0;
        for (int i = 0; i < problems.size(); i++) {
            Random random = new Random(i);
            for (int round = 0; round < Integer.getInteger("betadrift.bad.starts", 3); round++) {
                Objective units = Objective.of(problems.get(i));
                double[] theta = new double[problems.get(i).names().size()];
                for (int j = 0; j < theta.length; j++) {
                    theta[j] = units.unit(j) * Math.pow(10, -12 + 18 * random.nextDouble());
                }
                Maximum best = Maximisers.bfgs().maximise(problems.get(i), Search.defaults().withStart("bad", theta), Monitor.NONE);
                assertThat(best.logLikelihood()).as("problem %s, round %s", i, round).isGreaterThan(optima.get(i) - 1e-4);
                Mode its = best.convergence().modes().stream().filter(mode -> mode.starts().contains("bad")).findFirst().orElseThrow();
                tried++;
                alone += its.logLikelihood() > optima.get(i) - 1e-3 ? 1 : 0;
            }
        }
        assertThat(alone / (double) tried).as("reached the best from the bad start alone").isGreaterThanOrEqualTo(0.98);
    }
}
