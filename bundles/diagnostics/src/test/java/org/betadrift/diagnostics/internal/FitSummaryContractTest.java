package org.betadrift.diagnostics.internal;

import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.testkit.DiagnosticContract;

class FitSummaryContractTest extends DiagnosticContract {
    @Override
    protected Diagnostic strategy() {
        return new FitSummary();
    }

    @Override
    protected boolean multivariate() {
        return true;
    }
}
