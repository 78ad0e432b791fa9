package org.betadrift.report.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers for people. Rounds the double's exact value, half to even; {@code String.format} rounds its shortest digits, half up. */
final class Numbers {
    private static final int DECIMALS = 4;
    private static final double TOO_LONG = 1e9;
    private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);

    private Numbers() { }

    /** Four decimals, so that a column stands on its points; digits and exponent where nothing would survive them or too much. */
    static String decimals(double x) {
        if (!Double.isFinite(x)) {
            return notFinite(x);
        }
        if (Math.abs(x) >= TOO_LONG) {
            return scientific(x, DECIMALS);
        }
        BigDecimal rounded = new BigDecimal(x).setScale(DECIMALS, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 && x != 0 ? scientific(x, 2) : rounded.toPlainString();
    }

    /** Four significant digits without closing zeros, for numbers of any size; no digit before the point is ever dropped. */
    static String significant(double x) {
        if (!Double.isFinite(x)) {
            return notFinite(x);
        }
        if (x == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(x).round(DIGITS).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -DIGITS.getPrecision() || Math.abs(x) >= TOO_LONG) {
            return scientific(x, rounded.precision() - 1);
        }
        BigDecimal shown = exponent < DIGITS.getPrecision() ? rounded : new BigDecimal(x).setScale(0, RoundingMode.HALF_EVEN);
        return shown.toPlainString();
    }

    /** A count in a column of doubles. */
    static boolean isInteger(double x) {
        return x == Math.rint(x) && Math.abs(x) < TOO_LONG;
    }

    private static String scientific(double x, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "e", x);
    }

    private static String notFinite(double x) {
        return Double.isNaN(x) ? "-" : x > 0 ? "inf" : "-inf";
    }
}
