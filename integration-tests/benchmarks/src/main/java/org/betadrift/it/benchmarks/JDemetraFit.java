package org.betadrift.it.benchmarks;

import java.util.Arrays;
import java.util.function.Supplier;
import jdplus.toolkit.base.api.data.DoubleSeq;
import jdplus.toolkit.base.core.data.DataBlock;
import jdplus.toolkit.base.core.math.functions.IParametricMapping;
import jdplus.toolkit.base.core.math.functions.ParamValidation;
import jdplus.toolkit.base.core.math.functions.levmar.LevenbergMarquardtMinimizer;
import jdplus.toolkit.base.core.math.matrices.FastMatrix;
import jdplus.toolkit.base.core.ssf.ISsfLoading;
import jdplus.toolkit.base.core.ssf.basic.Coefficients;
import jdplus.toolkit.base.core.ssf.basic.Loading;
import jdplus.toolkit.base.core.ssf.univariate.Ssf;
import jdplus.toolkit.base.core.ssf.univariate.SsfData;
import jdplus.toolkit.base.core.ssf.dk.SsfFunction;
import jdplus.toolkit.base.core.ssf.dk.SsfFunctionPoint;
import org.betadrift.model.Sample;

/** JDemetra+'s maximum likelihood: the scale concentrated out, logarithms of q / R, Levenberg-Marquardt on the innovations, from q = R. */
final class JDemetraFit {
    /** Where it stops improving on A; the usual 1e-9 leaves a gap there. On the panel 1e-12, which is faster, to its favour. */
    private static final double PRECISE = 1e-15;
    private static final double PRECISE_ENOUGH = 1e-12;
    private static final double FARTHEST = 40;

    /** Logarithms within bounds. */
    private record Logarithms(int states) implements IParametricMapping<double[]> {
        @Override
        public double[] map(DoubleSeq p) {
            return Arrays.stream(p.toArray()).map(Math::exp).toArray();
        }

        @Override
        public DoubleSeq getDefaultParameters() {
            return DoubleSeq.of(new double[states]);
        }

        @Override
        public boolean checkBoundaries(DoubleSeq p) {
            return p.allMatch(x -> Math.abs(x) < FARTHEST);
        }

        @Override
        public double epsilon(DoubleSeq p, int i) {
            return 1e-6;
        }

        @Override
        public int getDim() {
            return states;
        }

        @Override
        public double lbound(int i) {
            return -FARTHEST;
        }

        @Override
        public double ubound(int i) {
            return FARTHEST;
        }

        @Override
        public ParamValidation validate(DataBlock p) {
            boolean changed = false;
            for (int i = 0; i < p.length(); i++) {
                double within = Math.max(0.1 - FARTHEST, Math.min(FARTHEST - 0.1, p.get(i)));
                changed |= within != p.get(i);
                p.set(i, within);
            }
            return changed ? ParamValidation.Changed : ParamValidation.Valid;
        }
    }

    private JDemetraFit() {
    }

    static Supplier<double[]> of(Sample sample) {
        int states = sample.states().count();
        FastMatrix x = FastMatrix.make(sample.periods(), states);
        double[] y = new double[sample.periods()];
        for (int t = 0; t < y.length; t++) {
            y[t] = sample.y(t, 0);
            for (int i = 0; i < states; i++) {
                x.set(t, i, sample.h(t, 0, i));
            }
        }
        ISsfLoading loading = Loading.regression(x);
        SsfData data = new SsfData(y);
        return () -> search(loading, data, new Logarithms(states), states == 2 ? PRECISE : PRECISE_ENOUGH);
    }

    @SuppressWarnings("unchecked")
    private static double[] search(ISsfLoading loading, SsfData data, Logarithms mapping, double precision) {
        SsfFunction<double[], Ssf> function = SsfFunction.builder(data, mapping,
                q -> Ssf.of(Coefficients.timeVaryingCoefficients(DoubleSeq.of(q)), loading, 1)).useFastAlgorithm(false).useScalingFactor(true)
                .useMaximumLikelihood(true).useLog(true).useParallelProcessing(false).build();
        LevenbergMarquardtMinimizer search = LevenbergMarquardtMinimizer.builder().functionPrecision(precision).maxIter(500).build();
        search.minimize(function.ssqEvaluate(mapping.getDefaultParameters()));
        SsfFunctionPoint<double[], Ssf> best = (SsfFunctionPoint<double[], Ssf>) search.getResult();
        double r = best.getLikelihood().sigma2();
        double[] theta = Arrays.copyOf(mapping.map(best.getParameters()), mapping.states() + 1);
        for (int i = 0; i < mapping.states(); i++) {
            theta[i] *= r;
        }
        theta[mapping.states()] = r;
        return theta;
    }
}
