package org.betadrift.diagnostic;

import org.osgi.annotation.versioning.ConsumerType;

/** Service: looks at a finished pass and never changes it. Stateless, thread-safe, deterministic. */
@ConsumerType
public interface Diagnostic {
    /** @throws org.betadrift.model.BetadriftException it does not apply to this pass; the run goes on without it */
    DiagnosticResult diagnose(DiagnosticContext context);
}
