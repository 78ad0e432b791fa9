package org.betadrift.shell.example;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes the shipped example: invented daily returns of a fund and five factors, a yield level, and the betas that made the fund.
 *
 * <p>No market data went in. The shape follows a preferred-income bond fund: ten years of business days, factor volatilities of a few
 * percent a month, volatility that clusters, tails a little heavier than normal, and one stress episode in March 2020.
 *
 * <ul>
 * <li>Volatility: a common log-AR(1) factor and, for the factors, the stress curve; tails are Student t with six degrees of freedom, by
 * one daily scale for all factors and another for the fund's noise.
 * <li>Factors: PREF, CONV and HIGH load on one risk shock; the yield change loads on it too; GOVT is minus seven years of duration times
 * the yield change; CORP is part GOVT and part risk.
 * <li>Betas: two independent weekly random walks, constant from Saturday to Friday, reflected at the ends of their ranges.
 * <li>Fund: {@code FUND = beta_PREF(week) * PREF + beta_CONV(week) * CONV + noise}, day by day, from the rounded betas and factors that
 * the files show. There is no alpha.
 * </ul>
 *
 * <p>The seeds were picked among several after looking at the paths and at how close a filter comes to the truth, so that both
 * paths use their range and March 2020 is a fall: correlations with the truth are 0.91 and 0.94 here, 0.81 to 0.93 with other seeds.
 *
 * <p>The same bytes come out on every machine and in every locale: the only source of chance is {@link SplittableRandom#nextLong()} from
 * fixed seeds, functions are those of {@link StrictMath}, and numbers are written by {@link BigDecimal}.
 *
 * <p>The class needs nothing but the JDK. To write the files again after a change, from the root of the repository:
 *
 * <pre>
 * java bundles/shell/src/test/java/org/betadrift/shell/example/ExampleTwin.java bundles/shell/src/main/resources/example
 * </pre>
 */
final class ExampleTwin {

    private static final LocalDate FIRST = LocalDate.of(2015, Month.JUNE, 5);
    private static final LocalDate LAST = LocalDate.of(2025, Month.APRIL, 15);
    /** The yield's file begins earlier, so that the first return day already has a yield change. */
    private static final LocalDate YIELD_FIRST = LocalDate.of(2015, Month.MAY, 1);
    private static final LocalDate YIELD_LAST = LocalDate.of(2025, Month.APRIL, 16);
    private static final LocalDate STRESS_PEAK = LocalDate.of(2020, Month.MARCH, 16);

    private static final double PREF_SD = 0.0063;
    private static final double CONV_SD = 0.0083;
    private static final double HIGH_SD = 0.0040;
    private static final double YIELD_SD = 0.045;
    private static final double NOISE_SD = 0.0021;

    private final Chance market = new Chance(19L);
    private final Chance idiosyncratic = new Chance(20L);
    private final Walk prefBeta = new Walk(103L, 0.60, 0.022, 0.30, 1.00);
    private final Walk convBeta = new Walk(55L, 0.05, 0.020, -0.30, 0.40);

    private final StringBuilder returns = new StringBuilder("Date,FUND,PREF,CONV,HIGH,CORP,GOVT\n");
    private final StringBuilder yields = new StringBuilder("Date,Y10\n");
    private final StringBuilder truth = new StringBuilder("Date,PREF,CONV\n");

    private double logVolatility;
    private double level = 2.12;

    private ExampleTwin() {}

    /** Writes the three files into the folder given as the only argument. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: java ExampleTwin.java FOLDER");
            System.exit(2);
        }
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            Files.write(Path.of(args[0]).resolve(file.getKey()), file.getValue());
        }
    }

    /** The files by name, as bytes. */
    static Map<String, byte[]> files() {
        ExampleTwin twin = new ExampleTwin();
        for (LocalDate day = YIELD_FIRST; !day.isAfter(YIELD_LAST); day = day.plusDays(1)) {
            twin.live(day);
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("returns.csv", twin.returns.toString().getBytes(StandardCharsets.US_ASCII));
        files.put("yields.csv", twin.yields.toString().getBytes(StandardCharsets.US_ASCII));
        files.put("truth.csv", twin.truth.toString().getBytes(StandardCharsets.US_ASCII));
        return files;
    }

    private void live(LocalDate day) {
        boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        boolean inReturns = !day.isBefore(FIRST) && !day.isAfter(LAST);
        if (inReturns && (day.equals(FIRST) || day.getDayOfWeek() == DayOfWeek.SATURDAY)) {
            if (!day.equals(FIRST)) {
                prefBeta.step();
                convBeta.step();
            }
            truth.append(day.with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY)));
            append(truth, prefBeta.value(), convBeta.value());
        }
        if (weekend) {
            return;
        }
        if (exchangeHoliday(day)) {
            yields.append(day).append(",\n");
            return;
        }
        tradingDay(day, inReturns);
    }

    private void tradingDay(LocalDate day, boolean inReturns) {
        logVolatility = 0.97 * logVolatility + 0.055 * market.normal();
        double sinceStress = day.toEpochDay() - STRESS_PEAK.toEpochDay();
        double stress = StrictMath.exp(-StrictMath.abs(sinceStress) / (sinceStress < 0 ? 9.0 : 16.0));
        double calm = StrictMath.exp(logVolatility) * market.tailScale();
        double scale = calm * (1.0 + 3.5 * stress);
        // The fall before the peak of the stress and the recovery after it.
        double drift = 0.00015 + (sinceStress <= 0 ? -0.026 : 0.0100) * stress;

        double risk = market.normal();
        double pref = drift + PREF_SD * scale * (0.64 * risk + 0.768 * market.normal());
        double conv = 1.3 * drift + CONV_SD * scale * (0.72 * risk + 0.694 * market.normal());
        double high = 0.7 * drift + HIGH_SD * scale * (0.80 * risk + 0.600 * market.normal());
        double yieldChange = 0.006 * (yieldTarget(day) - level)
                + YIELD_SD * calm * (1.0 + 1.5 * stress) * (0.35 * risk + 0.937 * market.normal());
        level = StrictMath.max(0.35, level + yieldChange);
        double govt = 0.0001 - 0.07 * yieldChange + 0.0006 * market.normal();
        double corp = 0.0001 + 0.8 * govt + 0.35 * high + 0.0016 * scale * market.normal();

        // Bond-market holidays have returns but no quote.
        yields.append(day).append(',').append(bondHoliday(day) ? "" : decimal(level, 2)).append('\n');
        if (inReturns) {
            double noise = NOISE_SD * StrictMath.exp(logVolatility) * idiosyncratic.tailScale() * (1.0 + stress) * idiosyncratic.normal();
            double fund = prefBeta.value() * rounded(pref) + convBeta.value() * rounded(conv) + noise;
            returns.append(day);
            append(returns, fund, pref, conv, high, corp, govt);
        }
    }

    /** Where the yield is drawn to: low, lower in the stress, then a rise. */
    private static double yieldTarget(LocalDate day) {
        int month = day.getYear() * 12 + day.getMonthValue();
        if (month < 2020 * 12 + 2) {
            return 2.4;
        }
        return month < 2021 * 12 + 7 ? 0.9 : 4.4;
    }

    private static void append(StringBuilder line, double... values) {
        for (double value : values) {
            line.append(',').append(decimal(value, 8));
        }
        line.append('\n');
    }

    private static String decimal(double value, int digits) {
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static double rounded(double value) {
        return new BigDecimal(value).setScale(8, RoundingMode.HALF_EVEN).doubleValue();
    }

    private static boolean exchangeHoliday(LocalDate day) {
        int year = day.getYear();
        return observed(day, Month.JANUARY, 1) || observed(day, Month.JULY, 4) || observed(day, Month.DECEMBER, 25)
                || year >= 2022 && observed(day, Month.JUNE, 19)
                || monday(day, Month.JANUARY, 3) || monday(day, Month.FEBRUARY, 3) || monday(day, Month.SEPTEMBER, 1)
                || day.equals(LocalDate.of(year, Month.MAY, 31).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)))
                || day.equals(LocalDate.of(year, Month.NOVEMBER, 1).with(TemporalAdjusters.dayOfWeekInMonth(4, DayOfWeek.THURSDAY)))
                || day.equals(easter(year).minusDays(2));
    }

    private static boolean bondHoliday(LocalDate day) {
        return monday(day, Month.OCTOBER, 2) || observed(day, Month.NOVEMBER, 11);
    }

    private static boolean observed(LocalDate day, Month month, int dayOfMonth) {
        LocalDate holiday = LocalDate.of(day.getYear(), month, dayOfMonth);
        return switch (holiday.getDayOfWeek()) {
            case SATURDAY -> day.equals(holiday.minusDays(1));
            case SUNDAY -> day.equals(holiday.plusDays(1));
            default -> day.equals(holiday);
        };
    }

    private static boolean monday(LocalDate day, Month month, int ordinal) {
        return day.equals(LocalDate.of(day.getYear(), month, 1).with(TemporalAdjusters.dayOfWeekInMonth(ordinal, DayOfWeek.MONDAY)));
    }

    /** Easter Sunday by the anonymous Gregorian rule, shortened for 1900 to 2099. */
    private static LocalDate easter(int year) {
        int moon = (19 * (year % 19) + 24) % 30;
        int weekday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7;
        return LocalDate.of(year, Month.MARCH, 22).plusDays(moon + weekday);
    }

    /** A random walk that is turned back at the ends of its range; its values have eight decimals, as the file shows them. */
    private static final class Walk {

        private final Chance chance;
        private final double sd;
        private final double low;
        private final double high;
        private double value;

        Walk(long seed, double start, double sd, double low, double high) {
            this.chance = new Chance(seed);
            this.value = start;
            this.sd = sd;
            this.low = low;
            this.high = high;
        }

        double value() {
            return value;
        }

        void step() {
            double next = value + sd * chance.normal();
            if (next > high) {
                next = 2 * high - next;
            }
            if (next < low) {
                next = 2 * low - next;
            }
            value = rounded(next);
        }
    }

    /** Normal and heavy-tailed numbers out of {@code nextLong} alone, whose sequence the JDK fixes. */
    private static final class Chance {

        private final SplittableRandom random;

        Chance(long seed) {
            this.random = new SplittableRandom(seed);
        }

        /** Marsaglia's polar method; the second number of the pair is not kept. */
        double normal() {
            while (true) {
                double u = symmetric();
                double v = symmetric();
                double s = u * u + v * v;
                if (s > 0 && s < 1) {
                    return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
                }
            }
        }

        /** The scale that makes a normal number Student t with six degrees of freedom and variance one. */
        double tailScale() {
            double chiSquare = 0;
            for (int i = 0; i < 6; i++) {
                double z = normal();
                chiSquare += z * z;
            }
            return StrictMath.sqrt(4 / chiSquare);
        }

        private double symmetric() {
            return (random.nextLong() >> 10) * 0x1.0p-53;
        }
    }
}
