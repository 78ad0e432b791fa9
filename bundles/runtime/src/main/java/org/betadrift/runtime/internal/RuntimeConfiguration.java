package org.betadrift.runtime.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** PID {@code org.betadrift.runtime}. */
@ObjectClassDefinition(name = "betadrift runtime", description = "How runs are executed, and how strategies may leave")
@interface RuntimeConfiguration {
    /** Seconds. */
    @AttributeDefinition(name = "Drain bound", min = "0", max = "3600",
            description = "Seconds for which the stop of a strategy's bundle waits for the runs inside; 0 = does not wait")
    int drain_seconds() default 30;

    /** Threads. */
    @AttributeDefinition(name = "Threads", min = "0", max = "1024",
            description = "Threads of submitted runs; 0 = one a processor. A change serves runs submitted later")
    int threads() default 0;
}
