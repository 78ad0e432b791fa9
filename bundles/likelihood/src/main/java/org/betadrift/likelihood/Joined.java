package org.betadrift.likelihood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** theta = (theta of Q, theta of R). */
final class Joined implements Parameterisation {
    private final Parameterisation first;
    private final Parameterisation second;
    private final int split;
    private final List<String> names;

    Joined(Parameterisation q, Parameterisation r) {
        first = q;
        second = r;
        split = q.names().size();
        names = Stream.concat(q.names().stream(), r.names().stream()).toList();
    }

    private double[] head(double[] theta) {
        return Arrays.copyOf(theta, split);
    }

    private double[] tail(double[] theta) {
        return Arrays.copyOfRange(theta, split, names.size());
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public void map(double[] theta, double[] q, double[] r) {
        first.map(head(theta), q, null);
        second.map(tail(theta), null, r);
    }

    @Override
    public void pullBack(double[] theta, double[] scoreQ, double[] scoreR, double[] scoreTheta) {
        double[] part = new double[split];
        first.pullBack(head(theta), scoreQ, null, part);
        System.arraycopy(part, 0, scoreTheta, 0, split);
        part = new double[names.size() - split];
        second.pullBack(tail(theta), null, scoreR, part);
        System.arraycopy(part, 0, scoreTheta, split, part.length);
    }

    @Override
    public boolean isVariance(int i) {
        return i < split ? first.isVariance(i) : second.isVariance(i - split);
    }

    @Override
    public double degree(int i) {
        return i < split ? first.degree(i) : second.degree(i - split);
    }

    @Override
    public double lower(int i) {
        return i < split ? first.lower(i) : second.lower(i - split);
    }

    @Override
    public double upper(int i) {
        return i < split ? first.upper(i) : second.upper(i - split);
    }

    @Override
    public void near(double[] q, double[] r, double[] theta) {
        double[] part = new double[split];
        first.near(q, null, part);
        System.arraycopy(part, 0, theta, 0, split);
        part = new double[names.size() - split];
        second.near(null, r, part);
        System.arraycopy(part, 0, theta, split, part.length);
    }

    @Override
    public List<double[]> escapes(double[] theta, double[] scoreQ, double[] scoreR) {
        List<double[]> all = new ArrayList<>();
        for (double[] better : first.escapes(head(theta), scoreQ, null)) {
            all.add(join(better, tail(theta)));
        }
        for (double[] better : second.escapes(tail(theta), null, scoreR)) {
            all.add(join(head(theta), better));
        }
        return all;
    }

    private double[] join(double[] a, double[] b) {
        double[] all = Arrays.copyOf(a, names.size());
        System.arraycopy(b, 0, all, split, b.length);
        return all;
    }
}
