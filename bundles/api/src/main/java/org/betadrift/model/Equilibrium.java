package org.betadrift.model;

/** The Gaussian that {@code beta_t = c + T beta_{t-1} + eta_t} leaves unchanged: b = c + T b, P = T P T' + Q. */
final class Equilibrium {
    /** 2^60 steps of the recursion; a spectral radius of 1 - 1e-15 has died out by then. */
    private static final int DOUBLINGS = 60;
    private static final double GONE = 1e-300;

    private Equilibrium() { }

    /** @throws InvalidInputException T has a root on or outside the unit circle, or T or Q varies */
    static InitialState of(States states, Transition transition, Noise stateNoise) {
        if (!transition.isConstant() || !stateNoise.isConstant()) {
            throw refused("T or Q varies through time");
        }
        int k = states.count();
        for (int i = 0; i < k; i++) {
            if (isUnitRoot(transition.matrix(0), i)) {
                throw refused("state " + states.names().get(i) + " has a unit root and wanders without end");
            }
        }
        // b and P summed by doubling: s_2m = s_m + T^m s_m, P_2m = P_m + T^m P_m T^m'
        double[] power = transition.matrix(0).toArray();
        double[] mean = transition.constant().toArray();
        double[] p = stateNoise.at(0).toMatrix().toArray();
        for (int i = 0; i < DOUBLINGS && largest(power) > GONE; i++) {
            mean = plus(mean, times(power, mean, k, 1));
            p = plus(p, times(times(power, p, k, k), transposed(power, k), k, k));
            power = times(power, power, k, k);
        }
        if (!(largest(power) <= GONE) || !Double.isFinite(largest(p))) {
            throw refused("T has a root on or outside the unit circle");
        }
        double[] packed = new double[Covariance.size(k)];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                packed[Covariance.index(i, j)] = 0.5 * (p[i * k + j] + p[j * k + i]);
            }
        }
        return InitialState.known(Vector.of(mean), Covariance.ofPacked(k, packed));
    }

    private static InvalidInputException refused(String reason) {
        return InvalidInputException.of("initial state", "stationary", reason, "choose diffuse or known");
    }

    /** A row of T that is a row of the identity. */
    private static boolean isUnitRoot(Matrix t, int i) {
        for (int j = 0; j < t.columns(); j++) {
            if (t.get(i, j) != (i == j ? 1 : 0)) {
                return false;
            }
        }
        return true;
    }

    private static double largest(double[] a) {
        double largest = 0;
        for (double x : a) {
            largest = Double.isNaN(x) ? Double.NaN : Math.max(largest, Math.abs(x));
        }
        return largest;
    }

    private static double[] plus(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    /** a (k x k) times b (k x columns). */
    private static double[] times(double[] a, double[] b, int k, int columns) {
        double[] product = new double[k * columns];
        for (int i = 0; i < k; i++) {
            for (int l = 0; l < k; l++) {
                for (int j = 0; j < columns; j++) {
                    product[i * columns + j] += a[i * k + l] * b[l * columns + j];
                }
            }
        }
        return product;
    }

    private static double[] transposed(double[] a, int k) {
        double[] t = new double[k * k];
        for (int i = 0; i < k * k; i++) {
            t[i] = a[i % k * k + i / k];
        }
        return t;
    }
}
