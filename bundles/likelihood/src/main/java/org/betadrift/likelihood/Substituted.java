package org.betadrift.likelihood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.betadrift.model.InvalidInputException;

/** Another family whose parameters are fixed values or one of fewer free ones. */
final class Substituted implements Parameterisation {
    private final Parameterisation family;
    private final List<String> names;
    private final int[] source;   // by parameter of the family: the free one it equals, or -1
    private final double[] fixed; // where the source is -1
    private final int[] first;    // by free parameter: the first of the family that equals it

    private Substituted(Parameterisation family, List<String> names, int[] source, double[] fixed) {
        this.family = family;
        this.names = List.copyOf(names);
        this.source = source;
        this.fixed = fixed;
        this.first = new int[names.size()];
        for (int i = source.length - 1; i >= 0; i--) {
            if (source[i] >= 0) {
                first[source[i]] = i;
            }
        }
    }

    static Substituted fixed(Parameterisation family, Map<String, Double> values) {
        int[] source = new int[family.names().size()];
        double[] fixed = new double[source.length];
        values.forEach((name, value) -> {
            int i = Parameterisations.index(family, name);
            if (!(value >= family.lower(i) && value <= family.upper(i))) {
                throw InvalidInputException.of("fixed parameter " + name, value, "it must lie in [" + family.lower(i) + ", " + family.upper(i) + "]",
                        "choose another value");
            }
            source[i] = -1;
            fixed[i] = value;
        });
        List<String> names = new ArrayList<>();
        for (int i = 0; i < source.length; i++) {
            if (source[i] >= 0) {
                source[i] = names.size();
                names.add(family.names().get(i));
            }
        }
        return new Substituted(family, names, source, fixed);
    }

    static Substituted tied(Parameterisation family, List<String> tied) {
        int[] source = new int[family.names().size()];
        List<String> names = new ArrayList<>();
        int one = -1;
        for (String name : tied) {
            if (!family.isVariance(Parameterisations.index(family, name))) {
                throw InvalidInputException.of("tied parameter", name, "it is no variance", "tie variances only");
            }
        }
        for (int i = 0; i < source.length; i++) {
            boolean member = tied.contains(family.names().get(i));
            if (!member || one < 0) {
                source[i] = names.size();
                names.add(member ? String.join("=", tied) : family.names().get(i));
                one = member ? source[i] : one;
            } else {
                source[i] = one;
            }
        }
        return new Substituted(family, names, source, new double[source.length]);
    }

    private double[] whole(double[] theta) {
        double[] whole = fixed.clone();
        for (int i = 0; i < whole.length; i++) {
            whole[i] = source[i] < 0 ? fixed[i] : theta[source[i]];
        }
        return whole;
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public void map(double[] theta, double[] q, double[] r) {
        family.map(whole(theta), q, r);
    }

    @Override
    public void pullBack(double[] theta, double[] scoreQ, double[] scoreR, double[] scoreTheta) {
        double[] all = new double[source.length];
        family.pullBack(whole(theta), scoreQ, scoreR, all);
        Arrays.fill(scoreTheta, 0, names.size(), 0);
        for (int i = 0; i < source.length; i++) {
            if (source[i] >= 0) {
                scoreTheta[source[i]] += all[i];
            }
        }
    }

    @Override
    public boolean isVariance(int i) {
        return family.isVariance(first[i]);
    }

    /** A fixed value that isn't zero doesn't move with the scale, unless it is a pure number. */
    @Override
    public double degree(int i) {
        for (int j = 0; j < source.length; j++) {
            if (source[j] < 0 && fixed[j] != 0 && family.degree(j) != 0) {
                return Double.NaN;
            }
        }
        return family.degree(first[i]);
    }

    @Override
    public double lower(int i) {
        return family.lower(first[i]);
    }

    @Override
    public double upper(int i) {
        return family.upper(first[i]);
    }

    @Override
    public void near(double[] q, double[] r, double[] theta) {
        double[] all = new double[source.length];
        family.near(q, r, all);
        double[] count = new double[names.size()];
        Arrays.fill(theta, 0, names.size(), 0);
        for (int i = 0; i < source.length; i++) {
            if (source[i] >= 0) {
                theta[source[i]] += all[i];
                count[source[i]]++;
            }
        }
        for (int i = 0; i < count.length; i++) {
            theta[i] /= count[i];
        }
    }
}
