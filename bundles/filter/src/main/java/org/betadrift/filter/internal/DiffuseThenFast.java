package org.betadrift.filter.internal;

import org.betadrift.model.StateSpaceModel;

/** The exact kernel until no variance is infinite any more, then the fast one. */
final class DiffuseThenFast implements Kernel {
    private final UdKernel exact;
    private final CovarianceKernel fast;
    private Kernel current;

    DiffuseThenFast(StateSpaceModel model) {
        exact = new UdKernel(model);
        fast = new CovarianceKernel(model);
        current = exact;
    }

    @Override
    public void predict(int t) {
        if (current == exact && t > 0 && !exact.hasInfinite()) {
            fast.set(exact);
            current = fast;
        }
        current.predict(t);
    }

    @Override
    public Outcome update(double y, double[] h, int at, double r) {
        return current.update(y, h, at, r);
    }

    @Override
    public double innovation() {
        return current.innovation();
    }

    @Override
    public double innovationVariance() {
        return current.innovationVariance();
    }

    @Override
    public void copyGain(double[] destination, int at) {
        current.copyGain(destination, at);
    }

    @Override
    public boolean hasInfinite() {
        return current.hasInfinite();
    }

    @Override
    public boolean seesInfinite(double[] h, int at) {
        return current.seesInfinite(h, at);
    }

    @Override
    public void copyMean(double[] means, int at) {
        current.copyMean(means, at);
    }

    @Override
    public void copyCovariance(double[] covariances, int at) {
        current.copyCovariance(covariances, at);
    }
}
