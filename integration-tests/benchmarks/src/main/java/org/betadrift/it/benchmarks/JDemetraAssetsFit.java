package org.betadrift.it.benchmarks;

import java.util.Arrays;
import java.util.function.Supplier;
import jdplus.toolkit.base.api.data.DoubleSeq;
import jdplus.toolkit.base.core.data.DataBlock;
import jdplus.toolkit.base.core.math.functions.IParametricMapping;
import jdplus.toolkit.base.core.math.functions.ParamValidation;
import jdplus.toolkit.base.core.math.functions.levmar.LevenbergMarquardtMinimizer;
import jdplus.toolkit.base.core.math.matrices.FastMatrix;
import jdplus.toolkit.base.core.ssf.ISsfDynamics;
import jdplus.toolkit.base.core.ssf.ISsfInitialization;
import jdplus.toolkit.base.core.ssf.ISsfLoading;
import jdplus.toolkit.base.core.ssf.Initialization;
import jdplus.toolkit.base.core.ssf.basic.Loading;
import jdplus.toolkit.base.core.ssf.basic.Measurements;
import jdplus.toolkit.base.core.ssf.dk.SsfFunction;
import jdplus.toolkit.base.core.ssf.dk.SsfFunctionPoint;
import jdplus.toolkit.base.core.ssf.multivariate.M2uAdapter;
import jdplus.toolkit.base.core.ssf.multivariate.MultivariateSsf;
import jdplus.toolkit.base.core.ssf.multivariate.SsfMatrix;
import jdplus.toolkit.base.core.ssf.univariate.ISsf;
import jdplus.toolkit.base.core.ssf.univariate.ISsfData;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.betadrift.model.Sample;

/**
 * JDemetra+'s maximum likelihood for several assets with one factor: static alphas, walking betas, full V and W through Cholesky factors, the
 * scale concentrated out, Levenberg-Marquardt on the innovations. Its univariate treatment takes independent errors only, so that the errors
 * are states, as its own models have them. Starts from V of least squares and W = V / (100 mean(x^2)), as betadrift does.
 */
final class JDemetraAssetsFit {
    /** None closes the gap: 1e-7 takes half as long and stops 1.2e-2 below the maximum, 1e-8 5e-3, 1e-9 takes 2.5 times as long for 1.3e-3. */
    private static final double PRECISE = 1e-8;

    /** theta = [log and entries of Lv by rows, without the first, which is the scale | entries of Lw by rows], both times a given factor. */
    private record Factors(int assets, double[] start) implements IParametricMapping<double[][]> {
        @Override
        public double[][] map(DoubleSeq p) {
            double[][] both = new double[2][assets * assets];
            int at = 0;
            for (int i = 0; i < assets; i++) {
                for (int j = 0; j <= i; j++) {
                    both[0][i * assets + j] = i == 0 ? 1 : i == j ? Math.exp(p.get(at++)) : p.get(at++);
                }
            }
            for (int i = 0; i < assets; i++) {
                for (int j = 0; j <= i; j++) {
                    both[1][i * assets + j] = p.get(at++);
                }
            }
            return both;
        }

        @Override
        public DoubleSeq getDefaultParameters() {
            return DoubleSeq.of(start);
        }

        @Override
        public boolean checkBoundaries(DoubleSeq p) {
            return p.allMatch(x -> Math.abs(x) < 1e4);
        }

        @Override
        public double epsilon(DoubleSeq p, int i) {
            return 1e-6;
        }

        @Override
        public int getDim() {
            return start.length;
        }

        @Override
        public double lbound(int i) {
            return -1e4;
        }

        @Override
        public double ubound(int i) {
            return 1e4;
        }

        @Override
        public ParamValidation validate(DataBlock p) {
            return ParamValidation.Valid;
        }
    }

    /** m alphas that stay, m betas that walk by W = Lw Lw', m errors that are drawn anew from V = Lv Lv'. */
    private record Dynamics(int m, FastMatrix v, FastMatrix w, double[] lv, double[] lw) implements ISsfDynamics {
        @Override
        public boolean isTimeInvariant() {
            return true;
        }

        @Override
        public int getInnovationsDim() {
            return 2 * m;
        }

        @Override
        public void V(int pos, FastMatrix to) {
            to.extract(m, m, m, m).copy(w);
            to.extract(2 * m, m, 2 * m, m).copy(v);
        }

        @Override
        public void S(int pos, FastMatrix to) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j <= i; j++) {
                    to.set(m + i, j, lw[i * m + j]);
                    to.set(2 * m + i, m + j, lv[i * m + j]);
                }
            }
        }

        @Override
        public boolean hasInnovations(int pos) {
            return true;
        }

        @Override
        public boolean areInnovationsTimeInvariant() {
            return true;
        }

        @Override
        public void T(int pos, FastMatrix to) {
            to.diagonal().range(0, 2 * m).set(1);
        }

        @Override
        public void TX(int pos, DataBlock x) {
            x.range(2 * m, 3 * m).set(0);
        }

        @Override
        public void XT(int pos, DataBlock x) {
            x.range(2 * m, 3 * m).set(0);
        }

        @Override
        public void addSU(int pos, DataBlock x, DataBlock u) {
            throw new UnsupportedOperationException("a likelihood doesn't simulate");
        }

        @Override
        public void addV(int pos, FastMatrix p) {
            p.extract(m, m, m, m).add(w);
            p.extract(2 * m, m, 2 * m, m).add(v);
        }

        @Override
        public void XS(int pos, DataBlock x, DataBlock xs) {
            throw new UnsupportedOperationException("a likelihood doesn't smooth");
        }
    }

    private final int m;
    private final ISsfLoading[] loadings;
    private final ISsfData data;
    private final Factors mapping;

    private JDemetraAssetsFit(Sample sample, double[] residualFactor, double meanSquare) {
        m = sample.targets().size();
        FastMatrix y = FastMatrix.make(sample.periods(), m);
        loadings = new ISsfLoading[m];
        for (int i = 0; i < m; i++) {
            FastMatrix h = FastMatrix.make(sample.periods(), 3 * m);
            for (int t = 0; t < sample.periods(); t++) {
                y.set(t, i, sample.y(t, i));
                for (int k = 0; k < 2 * m; k++) {
                    h.set(t, k, sample.h(t, i, k));
                }
                h.set(t, 2 * m + i, 1);
            }
            loadings[i] = Loading.regression(h);
        }
        data = M2uAdapter.of(new SsfMatrix(y));
        double scale = residualFactor[0];
        double[] start = new double[m * (m + 1) - 1];
        int at = 0;
        for (int i = 1; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double entry = residualFactor[i * m + j] / scale;
                start[at++] = i == j ? Math.log(entry) : entry;
            }
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                start[at++] = residualFactor[i * m + j] / scale * 0.1 / Math.sqrt(meanSquare);
            }
        }
        mapping = new Factors(m, start);
    }

    /** @return V, then W, m x m by rows */
    static Supplier<double[]> of(Sample sample) {
        int n = sample.periods();
        RealMatrix x = MatrixUtils.createRealMatrix(n, 2);
        RealMatrix y = MatrixUtils.createRealMatrix(n, sample.targets().size());
        double meanSquare = 0;
        for (int t = 0; t < n; t++) {
            double factor = sample.regressor(t, sample.targets().size());
            x.setRow(t, new double[] {1, factor});
            meanSquare += factor * factor / n;
            for (int i = 0; i < y.getColumnDimension(); i++) {
                y.setEntry(t, i, sample.y(t, i));
            }
        }
        RealMatrix residuals = y.subtract(x.multiply(new QRDecomposition(x).getSolver().solve(y)));
        RealMatrix v = residuals.transpose().multiply(residuals).scalarMultiply(1.0 / n);
        double[][] factor = new CholeskyDecomposition(v, 1e-12, 0).getL().getData();
        return new JDemetraAssetsFit(sample, Arrays.stream(factor).flatMapToDouble(Arrays::stream).toArray(), meanSquare)::search;
    }

    private ISsf model(double[][] factors) {
        FastMatrix v = square(factors[0]);
        Dynamics dynamics = new Dynamics(m, v, square(factors[1]), factors[0], factors[1]);
        FastMatrix known = FastMatrix.square(3 * m);
        known.extract(2 * m, m, 2 * m, m).copy(v);
        FastMatrix unknown = FastMatrix.square(3 * m);
        FastMatrix directions = FastMatrix.make(3 * m, 2 * m);
        for (int k = 0; k < 2 * m; k++) {
            unknown.set(k, k, 1);
            directions.set(k, k, 1);
        }
        ISsfInitialization start = Initialization.builder().dim(3 * m).diffuseDim(2 * m).a0(new double[3 * m]).Pf(known).Pi(unknown).B(directions).build();
        return M2uAdapter.of(new MultivariateSsf(start, dynamics, Measurements.of(loadings, null)));
    }

    private FastMatrix square(double[] factor) {
        FastMatrix product = FastMatrix.square(m);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                double sum = 0;
                for (int k = 0; k <= Math.min(i, j); k++) {
                    sum += factor[i * m + k] * factor[j * m + k];
                }
                product.set(i, j, sum);
            }
        }
        return product;
    }

    @SuppressWarnings("unchecked")
    private double[] search() {
        SsfFunction<double[][], ISsf> function = SsfFunction.builder(data, mapping, this::model).useFastAlgorithm(true).useScalingFactor(true)
                .useMaximumLikelihood(true).useLog(true).useParallelProcessing(false).build();
        LevenbergMarquardtMinimizer search = LevenbergMarquardtMinimizer.builder().functionPrecision(PRECISE).maxIter(1000).build();
        search.minimize(function.ssqEvaluate(mapping.getDefaultParameters()));
        SsfFunctionPoint<double[][], ISsf> best = (SsfFunctionPoint<double[][], ISsf>) search.getResult();
        double scale = best.getLikelihood().sigma2();
        double[][] factors = mapping.map(best.getParameters());
        double[] both = new double[2 * m * m];
        FastMatrix v = square(factors[0]);
        FastMatrix w = square(factors[1]);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                both[i * m + j] = scale * v.get(i, j);
                both[m * m + i * m + j] = scale * w.get(i, j);
            }
        }
        return both;
    }
}
