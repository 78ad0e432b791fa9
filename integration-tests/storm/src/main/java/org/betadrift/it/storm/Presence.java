package org.betadrift.it.storm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.betadrift.run.StrategyInfo;

/**
 * Which strategies were there when, kept by the one who makes the changes: settled times, in which what is there is known
 * exactly, and in between changes, in which both what was and what came may serve and what goes may be missing. One thread.
 */
public final class Presence {
    /** From {@code from} (nanoTime) until the next one. */
    private record Epoch(long from, Set<StrategyInfo> possible, Set<StrategyInfo> sure) { }

    private final List<Epoch> epochs = new ArrayList<>();

    /** @param now what is there */
    public Presence(List<StrategyInfo> now) {
        settle(now);
    }

    /** A change begins. @param leaving what may be missing from now on */
    public void begin(Predicate<StrategyInfo> leaving) {
        Set<StrategyInfo> stay = new HashSet<>(current().sure);
        stay.removeIf(leaving);
        epochs.add(new Epoch(System.nanoTime(), new HashSet<>(current().possible), stay));
    }

    /** The change is over. */
    public void settle(List<StrategyInfo> now) {
        if (!epochs.isEmpty()) {
            current().possible.addAll(now);
        }
        epochs.add(new Epoch(System.nanoTime(), new HashSet<>(now), new HashSet<>(now)));
    }

    private Epoch current() {
        return epochs.get(epochs.size() - 1);
    }

    /** Whether exactly this one, its id, version, ranking and configuration, was there at some moment from then to then. */
    boolean mayHaveServed(StrategyInfo strategy, long from, long to) {
        return between(from, to).stream().anyMatch(epoch -> epoch.possible.contains(strategy));
    }

    /** Whether at some moment from then to then nothing of that role and name was there for sure; {@code (any)} is any name. */
    boolean mayHaveBeenMissing(String role, String name, long from, long to) {
        return between(from, to).stream().anyMatch(epoch -> epoch.sure.stream()
                .noneMatch(s -> s.role().equals(role) && (s.name().equals(name) || name.equals("(any)"))));
    }

    /** The better ones of its role and name that were there all the time from then to then, if nothing changed meanwhile. */
    List<StrategyInfo> better(StrategyInfo strategy, long from, long to) {
        List<Epoch> span = between(from, to);
        return span.size() > 1 ? List.of() : span.get(0).sure.stream()
                .filter(s -> s.role().equals(strategy.role()) && s.name().equals(strategy.name()) && s.ranking() > strategy.ranking()).toList();
    }

    private List<Epoch> between(long from, long to) {
        List<Epoch> span = new ArrayList<>();
        long end = Long.MAX_VALUE;
        for (int i = epochs.size() - 1; i >= 0 && end >= from; i--) {
            Epoch epoch = epochs.get(i);
            if (epoch.from <= to) {
                span.add(epoch);
            }
            end = epoch.from;
        }
        return span;
    }
}
