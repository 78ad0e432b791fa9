package org.betadrift.diagnostic;

import org.osgi.annotation.versioning.ConsumerType;

/** Service: looks at a finished pass and never changes it. Stateless, thread-safe, deterministic. */
@ConsumerType
public interface Diagnostic {
    /** Whether it has anything to say of such a pass at all; one that hasn't isn't asked, and not mentioned. */
    default boolean appliesTo(DiagnosticContext context) {
        return true;
    }

    /** @throws org.betadrift.model.BetadriftException it does not apply to this pass; the run goes on without it */
    DiagnosticResult diagnose(DiagnosticContext context);
}
