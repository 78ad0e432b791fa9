package org.betadrift.filter;

import org.betadrift.model.InvalidInputException;

/**
 * The standard normal quantile by rational approximations to about 16 digits: Wichura (1988), Algorithm AS 241 (PPND16), Applied
 * Statistics 37(3), 477-484. Asked by the level of a central interval, not by a probability near one, so that 1 - 1e-15 keeps its
 * digits. Stateless.
 */
final class NormalQuantile {
    private static final double CENTRE = 0.425;         // |p - 1/2| up to here: the first approximation
    private static final double CENTRE_SQUARED = 0.180625;
    private static final double TAIL = 5;                // sqrt(-log tail) up to here: the second, then the third

    // numerators and denominators, highest power first
    private static final double[] A = {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
        13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.3871328727963666080};
    private static final double[] B = {5226.4952788528545610, 28729.085735721942674, 39307.895800092710610, 21213.794301586595867,
        5394.1960214247511077, 687.18700749205790830, 42.313330701600911252, 1};
    private static final double[] C = {7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
        1.27045825245236838258, 3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734};
    private static final double[] D = {1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
        1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1};
    private static final double[] E = {2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
        2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720};
    private static final double[] F = {2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
        7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1};

    private NormalQuantile() { }

    /**
     * z with P(|Z| &lt;= z) = level.
     *
     * @throws InvalidInputException the level doesn't lie between 0 and 1
     */
    static double ofCentral(double level) {
        if (!(level > 0 && level < 1)) {
            throw InvalidInputException.of("level", level, "a probability lies between 0 and 1, both left out", "write 0.95 for 95 %");
        }
        double q = level / 2; // p - 1/2
        if (q <= CENTRE) {
            return q * ratio(A, B, CENTRE_SQUARED - q * q);
        }
        double r = Math.sqrt(-Math.log((1 - level) / 2));
        return r <= TAIL ? ratio(C, D, r - 1.6) : ratio(E, F, r - TAIL);
    }

    private static double ratio(double[] numerator, double[] denominator, double x) {
        double above = 0;
        double below = 0;
        for (int i = 0; i < numerator.length; i++) { // Horner
            above = above * x + numerator[i];
            below = below * x + denominator[i];
        }
        return above / below;
    }
}
