package org.betadrift.estimator.cholesky.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.JointNoise;
import org.betadrift.model.Covariance;
import org.betadrift.model.Sample;
import org.junit.jupiter.api.Test;

/** The reference optima of four assets: an own filter in C with 24 starts. The log-likelihood there lacks log 2 pi for the 8 diffuse cells. */
class ReferenceTest {
    private static final double CONSTANT = 8 * 0.5 * Math.log(2 * Math.PI);
    private static final double[] C_V = {0.003282841323394907, -0.0003140605820979395, 0.002297256817858151, 0.0004668762024817781, -6.260856930737169e-05,
        0.0026929005676934086, -0.00010621499078184702, 0.0007952315633804943, 0.0007299467893175293, 0.0030098026902711655};
    private static final double[] C_W = {1.4426741111573281e-05, -8.599588950341054e-05, 0.000512610086698642, -0.00036727557465418906, 0.002189280967416953,
        0.009350091382637767, -0.0003938378872967239, 0.0023476153885727317, 0.010026314000408971, 0.010751442774288914};
    private static final double[] REAL_V = {0.004103432219331275, -1.55221668526063e-06, 0.0024226763977736273, -0.00010128007052589039, 0.0005801261839433938,
        0.003925442080790516, -0.0002420253438259478, 0.0003403356606610027, 0.000820699678770707, 0.003939315366096401};
    private static final double[] REAL_W = {2.0698428091436937e-05, 0.00016508101424567335, 0.001316609219985194, 0.00021881834665774162, 0.0017451931345827672,
        0.0023132901021527827, 0.00034047918384385445, 0.002715503261899851, 0.0035994565264080756, 0.0056007187656423076};

    private static void requireReference(Sample sample, double logLikelihood, double[] v, double[] w) {
        Estimate<JointNoise> estimate = Cases.run(sample);
        ConvergenceRecord record = Cases.record(estimate);
        assertThat(record.converged()).as(record.verdict()).isTrue();
        assertThat(Cases.logLikelihood(estimate) + CONSTANT).isCloseTo(logLikelihood, within(1e-6));
        Covariance its = estimate.value().observationNoise().at(0);
        Covariance q = estimate.value().stateNoise().at(0);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j <= i; j++) {
                assertThat(its.get(i, j)).as("V %d %d", i, j).isCloseTo(v[Covariance.index(i, j)], within(1e-4 * Cases.largest(its)));
                assertThat(q.get(4 + i, 4 + j)).as("W %d %d", i, j).isCloseTo(w[Covariance.index(i, j)], within(1e-4 * Cases.largest(q)));
                assertThat(q.get(i, j)).as("alpha is static").isZero();
            }
        }
        assertThat(record.verdict()).contains("(rank 1 of 4) is singular");
        assertThat(record.notes()).anyMatch(note -> note.contains("Cholesky entries of a singular W have no standard errors"));
        assertThat(record.gradientNorm()).isLessThan(1e-5 * logLikelihood);
        assertThat(record.method()).startsWith("decoupled");
    }

    @Test
    void simulatedAssets() {
        requireReference(Cases.c(), 716.521380, C_V, C_W);
    }

    /** Seed 003's question: every Cholesky entry starts at 10. The tool's own starts find the maximum whatever that one does. */
    @Test
    void seed003sStart() {
        requireMaximumFromTen(Cases.c());
    }

    @Test
    void seed003sStartOnItsAssets() {
        requireMaximumFromTen(Cases.capm("reference/data/C-real.csv", 1));
    }

    private static void requireMaximumFromTen(Sample sample) {
        Estimate<JointNoise> estimate = Cases.run(sample, "start=10");
        ConvergenceRecord record = Cases.record(estimate);
        assertThat(Cases.logLikelihood(estimate)).isCloseTo(Cases.logLikelihood(Cases.run(sample)), within(1e-9));
        assertThat(record.converged()).as(record.verdict()).isTrue();
        assertThat(record.verdict()).contains("of 4 starts");
        assertThat(record.notes()).anyMatch(note -> note.startsWith("your start alone "));
    }

    /** In percent the same start is a better one, and the maximum is the same but for the units. */
    @Test
    void unitsDoNotMatter() {
        Estimate<JointNoise> parts = Cases.run(Cases.capm("reference/data/C-real.csv", 1));
        Estimate<JointNoise> percent = Cases.run(Cases.capm("reference/data/C-real.csv", 100), "start=10");
        assertThat(Cases.logLikelihood(percent) + 480 * Math.log(100) - 4 * Math.log(100)).isCloseTo(Cases.logLikelihood(parts), within(1e-8));
        assertThat(percent.value().stateNoise().at(0).get(5, 4)).isCloseTo(parts.value().stateNoise().at(0).get(5, 4), within(1e-9));
        assertThat(percent.value().observationNoise().at(0).get(1, 1)).isCloseTo(1e4 * parts.value().observationNoise().at(0).get(1, 1), within(1e-6));
    }

    /** Berndt's stocks; the folder's data alone. */
    @Test
    void realAssets() {
        requireReference(Cases.capm("reference/data/C-real.csv", 1), 656.319123, REAL_V, REAL_W);
    }
}
