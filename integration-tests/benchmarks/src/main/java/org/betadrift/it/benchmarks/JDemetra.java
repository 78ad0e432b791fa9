package org.betadrift.it.benchmarks;

import java.util.function.DoubleSupplier;
import jdplus.toolkit.base.api.data.DoubleSeq;
import jdplus.toolkit.base.core.math.matrices.FastMatrix;
import jdplus.toolkit.base.core.ssf.ISsfLoading;
import jdplus.toolkit.base.core.ssf.Initialization;
import jdplus.toolkit.base.core.ssf.StateComponent;
import jdplus.toolkit.base.core.ssf.basic.Coefficients;
import jdplus.toolkit.base.core.ssf.basic.Loading;
import jdplus.toolkit.base.core.ssf.dk.DkToolkit;
import jdplus.toolkit.base.core.ssf.likelihood.DiffuseLikelihood;
import jdplus.toolkit.base.core.ssf.univariate.DefaultSmoothingResults;
import jdplus.toolkit.base.core.ssf.univariate.ILikelihoodComputer;
import jdplus.toolkit.base.core.ssf.univariate.Ssf;
import jdplus.toolkit.base.core.ssf.univariate.SsfData;

/** JDemetra+: a new Ssf for every Q and R, as its own maximisers make one; its regressors and data are made once. */
final class JDemetra {
    private final Case one;
    private final boolean diffuse;
    private final ISsfLoading loading;
    private final SsfData data;
    private final DoubleSeq q;

    private JDemetra(Case one, boolean diffuse) {
        this.one = one;
        this.diffuse = diffuse;
        FastMatrix x = FastMatrix.make(one.dates, one.states);
        for (int t = 0; t < one.dates; t++) {
            for (int i = 0; i < one.states; i++) {
                x.set(t, i, one.h[t][i]);
            }
        }
        loading = Loading.regression(x);
        data = new SsfData(one.y);
        q = DoubleSeq.of(one.q());
    }

    static DoubleSupplier likelihood(Case one, boolean diffuse) {
        JDemetra its = new JDemetra(one, diffuse);
        ILikelihoodComputer<DiffuseLikelihood> computer = DkToolkit.likelihoodComputer(false, false, false);
        // it leaves log 2 pi out for every diffuse observation
        double constant = diffuse ? -0.5 * one.states * Math.log(2 * Math.PI) : 0;
        return () -> computer.compute(its.model(), its.data).logLikelihood() + constant;
    }

    static DoubleSupplier smoother(Case one) {
        JDemetra its = new JDemetra(one, true);
        return () -> {
            DefaultSmoothingResults smoothed = DkToolkit.smooth(its.model(), its.data, true, false);
            double sum = 0;
            for (int t = 0; t < one.dates; t++) {
                sum += smoothed.a(t).get(0) + smoothed.P(t).get(0, 0);
            }
            return sum;
        };
    }

    private Ssf model() {
        StateComponent walk = Coefficients.timeVaryingCoefficients(q);
        return diffuse ? Ssf.of(walk, loading, Case.R) : Ssf.of(start(), walk.dynamics(), loading, Case.R);
    }

    /** It begins at beta_1|0: P_1|0 = P_0|0 + Q. */
    private Initialization start() {
        FastMatrix p = FastMatrix.make(one.states, one.states);
        for (int i = 0; i < one.states; i++) {
            p.set(i, i, 1 + Case.Q);
        }
        return Initialization.builder().dim(one.states).a0(new double[one.states]).Pf(p).build();
    }
}
