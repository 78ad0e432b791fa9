package org.betadrift.estimator.cholesky.internal;
import org.junit.jupiter.api.Test;
import org.betadrift.estimation.*;
import org.betadrift.model.*;
import org.betadrift.filter.Monitor;
import java.util.*;
class ScratchTest {
    static void show(String what, Estimate<JointNoise> e) {
        ConvergenceRecord r = Cases.record(e);
        System.err.println("== " + what + " LL " + Cases.logLikelihood(e) + " evals " + r.evaluations() + " grad " + r.gradientNorm() + " cond " + r.condition() + " " + r.method());
        System.err.println("   " + r.converged() + " " + r.verdict() + " | " + r.suggestion());
        r.modes().forEach(m -> System.err.println("   mode " + m.logLikelihood() + " " + m.starts()));
        r.notes().forEach(n -> System.err.println("   - " + n));
    }
    static void climbs(Sample sample, int starts, String... options) {
        Family family = Cases.family(sample, options);
        Surface f = Cases.surface(sample, family);
        System.err.println("params " + family.freedom() + " N " + sample.observations());
        Watch w = new Watch(f, Monitor.NONE, 20000);
        Map<String, double[]> all = new LinkedHashMap<>();
        all.put("zero", family.level(0));
        all.putAll(Starts.of(family, starts, 0));
        for (var s : all.entrySet()) {
            int before = f.evaluations();
            long t0 = System.nanoTime();
            Ascent.Top t = Ascent.from(s.getValue(), f, w, Ascent.CLIMB);
            System.err.println(s.getKey() + "   ascent " + t.value() + " " + t.steepest() + " " + t.promise() + " evals " + (f.evaluations() - before) + " s " + (System.nanoTime() - t0) / 1e9 + " " + f.method());
            before = f.evaluations();
            t = Ascent.from(t.theta(), f, w, Ascent.FINE);
            System.err.println("   fine " + t.value() + " " + t.steepest() + " " + t.promise() + " evals " + (f.evaluations() - before));
            for (int d = 0; d < family.drifts().size(); d++) System.err.println("   " + Arrays.toString(Dense.eigen(Dense.square(family.drifts().get(d).factor(t.theta(), family.at(d)))).values()));
        }
    }
    @Test
    void speed() {
        for (int m : new int[] {4, 10, 30}) {
            Sample sample = Cases.simulated(m, 500, 1, m, 0, 5);
            Family family = Cases.family(sample);
            Surface f = Cases.surface(sample, family);
            double[] q = new double[family.sizeOfQ()], r = new double[family.sizeOfR()], sq = q.clone(), sr = r.clone(), g = new double[family.size()];
            double[] theta = family.level(1);
            var c = Cases.diffuse(sample);
            var e = c.evaluator(ModelTemplate.of(sample.states(), c.initialState(), c.transition()));
            family.map(theta, q, r);
            for (int rep = 0; rep < 3; rep++) {
                int n = m == 30 ? 300 : 3000;
                long t0 = System.nanoTime();
                for (int i = 0; i < n; i++) e.valueAndScore(q, r, sq, sr);
                long t1 = System.nanoTime();
                for (int i = 0; i < n; i++) family.map(theta, q, r);
                long t2 = System.nanoTime();
                for (int i = 0; i < n; i++) family.pullBack(theta, sq, sr, g);
                long t3 = System.nanoTime();
                System.err.println(m + " us: engine " + (t1 - t0) / 1e3 / n + " map " + (t2 - t1) / 1e3 / n + " pull " + (t3 - t2) / 1e3 / n);
            }
        }
    }
    @Test
    void c() {
        climbs(Cases.c(), 2);
        climbs(Cases.capm("reference/data/C-real.csv", 1), 2);
    }
    @Test
    void thirty() {
        for (int i = 0; i < 20; i++) Cases.run(Cases.c());
        climbs(Cases.simulated(10, 500, 1, 10, 0, 5), 2);
        climbs(Cases.simulated(30, 500, 1, 30, 0, 5), 2);
    }
    @Test
    void industries() {
        climbs(LargeTest.industries(), 1);
    }
}
