package org.betadrift.it.storm;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waiting for what others do, never for ever. */
public final class Eventually {
    private Eventually() { }

    /** @throws AssertionError it did not come true in time */
    public static void isTrue(String what, Duration bound, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + bound.toMillis() + " ms: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    /** Within ten seconds. */
    public static void isTrue(String what, Callable<Boolean> condition) throws Exception {
        isTrue(what, Duration.ofSeconds(10), condition);
    }
}
