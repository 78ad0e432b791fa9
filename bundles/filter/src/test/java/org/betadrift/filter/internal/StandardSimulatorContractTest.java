package org.betadrift.filter.internal;

import org.betadrift.filter.Simulator;
import org.betadrift.testkit.SimulatorContract;

class StandardSimulatorContractTest extends SimulatorContract {
    @Override
    protected Simulator strategy() {
        return new StandardSimulator();
    }

    @Override
    protected boolean multivariate() {
        return true;
    }

    @Override
    protected boolean constrained() {
        return true;
    }
}
