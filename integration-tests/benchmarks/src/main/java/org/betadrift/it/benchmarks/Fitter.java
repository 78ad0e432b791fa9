package org.betadrift.it.benchmarks;

import java.util.function.Function;
import java.util.function.Supplier;
import org.betadrift.model.Sample;

/** Who maximises the likelihood of Q and R: diagonal Q, exactly diffuse start. A further one is a line here. */
public enum Fitter {
    /** The default search. */
    BOTH_STARTS("betadrift mle, both starts", 1e-8, 0, sample -> OurFit.bfgs(sample, 2)),
    /** The first start of it. */
    ONE_START("betadrift mle, one start", 1e-8, 0, sample -> OurFit.bfgs(sample, 1)),
    /** Its own machinery for this, as precise as it gets. */
    JDEMETRA("JDemetra+ 3.5.0, Levenberg-Marquardt", 1e-8, 0.025, JDemetraFit::of),
    /** Powell's, over our likelihood. */
    BOBYQA("commons-math3 BOBYQA over our likelihood", 1e-6, 1, CommonsMathFit::bobyqa),
    /** Over our likelihood. */
    NELDER_MEAD("commons-math3 Nelder-Mead over our likelihood", 1e-6, 1, CommonsMathFit::nelderMead),
    /** Over our likelihood. */
    CMA_ES("commons-math3 CMA-ES over our likelihood", 1e-6, 1, CommonsMathFit::cmaEs);

    /** A log-likelihood this much below the best known is another maximum, or none. */
    static final double WORSE = 1e-3;

    final String title;
    /** Of the log-likelihood it may miss on A. */
    final double gapOfA;
    /** Share of a panel whose log-likelihood may be {@link #WORSE}. */
    final double worse;
    private final Function<Sample, Supplier<double[]>> maker;

    Fitter(String title, double gapOfA, double worse, Function<Sample, Supplier<double[]>> maker) {
        this.title = title;
        this.gapOfA = gapOfA;
        this.worse = worse;
        this.maker = maker;
    }

    /** What depends on the data alone is done here; the supplier searches. @return the diagonal of Q, then R */
    Supplier<double[]> on(Sample sample) {
        return maker.apply(sample);
    }

    /** Those that take long compete on a fixed part of the panel, or on one fund. */
    boolean competesOn(Funds funds) {
        return switch (this) {
            case BOTH_STARTS, JDEMETRA -> true;
            case ONE_START -> funds != Funds.E200;
            default -> funds == Funds.A;
        };
    }
}
