package org.betadrift.estimator.cholesky.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.betadrift.model.Covariance;
import org.betadrift.model.Sample;

/** theta = (V, then each free W) -> (Q, R), all in whitened coordinates of about 1. Immutable. */
final class Family {
    private final Sample sample;
    private final Observation observation;
    private final List<Drift> drifts;
    private final int[] begins; // by drift
    private final int size;

    Family(Sample sample, Observation observation, List<Drift> drifts) {
        this.sample = sample;
        this.observation = observation;
        this.drifts = List.copyOf(drifts);
        begins = new int[drifts.size()];
        int next = observation.size();
        for (int d = 0; d < begins.length; d++) {
            begins[d] = next;
            next += drifts.get(d).size();
        }
        size = next;
    }

    Sample sample() {
        return sample;
    }

    Observation observation() {
        return observation;
    }

    List<Drift> drifts() {
        return drifts;
    }

    /** Where the coordinates of one begin in theta. */
    int at(int drift) {
        return begins[drift];
    }

    int size() {
        return size;
    }

    /** Parameters that mean something. */
    int freedom() {
        return observation.size() + drifts.stream().mapToInt(Drift::freedom).sum();
    }

    /** By state: whether it belongs to a W of the family. */
    boolean[] moving() {
        boolean[] moving = new boolean[sample.states().count()];
        for (Drift drift : drifts()) {
            for (Drift.Place place : drift.places()) {
                for (int state : place.states()) {
                    moving[state] = true;
                }
            }
        }
        return moving;
    }

    int sizeOfQ() {
        return Covariance.size(sample.states().count());
    }

    int sizeOfR() {
        return Covariance.size(sample.targets().size());
    }

    void map(double[] theta, double[] q, double[] r) {
        Arrays.fill(q, 0);
        observation.map(theta, 0, r);
        for (int d = 0; d < begins.length; d++) {
            drifts.get(d).map(theta, begins[d], q);
        }
    }

    void pullBack(double[] theta, double[] scoreQ, double[] scoreR, double[] slope) {
        observation.pullBack(theta, 0, scoreR, slope);
        for (int d = 0; d < begins.length; d++) {
            drifts.get(d).pullBack(theta, begins[d], scoreQ, slope);
        }
    }

    /** The same without drift, and with V as it is at a place. */
    Family still() {
        return new Family(sample, observation, List.of());
    }

    /** V of least squares, every X the identity times {@code x}. */
    double[] level(double x) {
        double[] theta = new double[size];
        for (int d = 0; d < begins.length; d++) {
            Drift drift = drifts.get(d);
            drift.near(Dense.identity(drift.dimension(), x), theta, begins[d]);
            for (int f = 0; f < drift.places().size(); f++) {
                int at = drift.shareAt(f, begins[d]);
                if (at >= 0) {
                    theta[at] = 1;
                }
            }
        }
        return theta;
    }

    /** The family of the same ranks around a place, and the place in it. */
    Local around(double[] theta) {
        List<Drift> its = new ArrayList<>();
        List<double[]> parts = new ArrayList<>();
        for (int d = 0; d < begins.length; d++) {
            Drift.Local local = drifts.get(d).around(theta, begins[d]);
            its.add(local.drift());
            parts.add(local.theta());
        }
        Family family = new Family(sample, observation, its);
        double[] there = Arrays.copyOf(theta, family.size);
        for (int d = 0; d < begins.length; d++) {
            System.arraycopy(parts.get(d), 0, there, family.begins[d], parts.get(d).length);
        }
        return new Local(family, there);
    }

    /** Coordinates in a wider family of a place in this one. @param wider its W are those that this family's were made {@link #around} */
    double[] in(Family wider, double[] theta) {
        double[] its = new double[wider.size];
        System.arraycopy(theta, 0, its, 0, observation.size());
        for (int d = 0; d < begins.length; d++) {
            Drift drift = wider.drifts.get(d);
            drift.near(Dense.square(drifts.get(d).factor(theta, begins[d])), its, wider.begins[d]);
            double[] shares = drifts.get(d).shares(theta, begins[d]);
            for (int f = 0; f < shares.length; f++) {
                int at = drift.shareAt(f, wider.begins[d]);
                if (at >= 0) {
                    its[at] = shares[f];
                }
            }
        }
        return its;
    }

    /** A family and a place in it. */
    record Local(Family family, double[] theta) { }

    /** An entry of V or of a free W. @param i its row in R or Q @param j its column, not after the row */
    record Entry(String name, boolean ofV, int i, int j) {
        int index() {
            return Covariance.index(i, j);
        }
    }

    /** Every free one; those of a singular W too. */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        List<String> targets = sample.targets();
        for (int i = 0; i < targets.size(); i++) {
            for (int j = 0; j <= i; j++) {
                if (observation.isFree(i, j)) {
                    String name = targets.size() == 1 ? "V" : i == j ? "V[" + targets.get(i) + "]" : "V[" + targets.get(i) + "," + targets.get(j) + "]";
                    entries.add(new Entry(name, true, i, j));
                }
            }
        }
        List<String> states = sample.states().texts();
        for (Drift drift : drifts) {
            for (Drift.Place place : drift.places()) {
                for (int i = 0; i < place.states().length; i++) {
                    for (int j = 0; j <= i; j++) {
                        int a = place.states()[i];
                        int b = place.states()[j];
                        if (i == j || !drift.isDiagonal()) {
                            entries.add(new Entry(i == j ? "W[" + states.get(a) + "]" : "W[" + states.get(a) + "," + states.get(b) + "]", false, a, b));
                        }
                    }
                }
            }
        }
        return entries;
    }
}
