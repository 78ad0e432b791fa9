package org.betadrift.diagnostics.internal;

import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.testkit.DiagnosticContract;

class FactorDynamicsContractTest extends DiagnosticContract {
    @Override
    protected Diagnostic strategy() {
        return new FactorDynamics();
    }

    @Override
    protected boolean multivariate() {
        return true;
    }
}
