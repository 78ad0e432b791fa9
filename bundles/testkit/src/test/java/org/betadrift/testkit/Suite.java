package org.betadrift.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** A contract test run inside a test. */
final class Suite {
    private static final Map<Class<?>, Suite> RUNS = new ConcurrentHashMap<>();

    private final long tests;
    private final Map<String, String> failures = new TreeMap<>();

    private Suite(Class<?> contractTest) {
        var events = EngineTestKit.engine("junit-jupiter").selectors(selectClass(contractTest)).execute().testEvents();
        tests = events.started().count();
        events.failed().stream().forEach(event -> failures.put(law(event), message(event)));
    }

    /** Once a class. */
    static Suite run(Class<?> contractTest) {
        return RUNS.computeIfAbsent(contractTest, Suite::new);
    }

    private static String law(Event event) {
        return event.getTestDescriptor().getDisplayName().replace("()", "");
    }

    private static String message(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class).getThrowable().map(Throwable::getMessage).orElse("");
    }

    long tests() {
        return tests;
    }

    /** Message by law. */
    Map<String, String> failures() {
        return failures;
    }
}
