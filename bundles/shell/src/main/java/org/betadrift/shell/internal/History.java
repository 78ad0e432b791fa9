package org.betadrift.shell.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.betadrift.model.InvalidInputException;
import org.betadrift.run.ExposureRun;

/** The last runs this shell has made, by id, oldest first. Thread-safe. */
final class History {
    private static final int KEPT = 20;
    /** A run holds all its paths: a host with long histories keeps fewer of them. */
    private static final int DATES_KEPT = 200_000;
    private final Map<Long, ExposureRun> runs = new LinkedHashMap<>();

    synchronized void add(long id, ExposureRun run) {
        runs.put(id, run);
        while (runs.size() > KEPT || runs.size() > 1 && dates() > DATES_KEPT) {
            runs.remove(runs.keySet().iterator().next());
        }
    }

    private long dates() {
        return runs.values().stream().mapToLong(run -> run.sample().periods()).sum();
    }

    /** @throws InvalidInputException that lists the ids there are */
    synchronized ExposureRun get(long id) {
        ExposureRun run = runs.get(id);
        if (run == null) {
            throw InvalidInputException.unknown("finished run", String.valueOf(id), texts(runs.keySet()));
        }
        return run;
    }

    private static List<String> texts(Collection<Long> ids) {
        return ids.stream().map(String::valueOf).toList();
    }

    /** A copy. */
    synchronized List<Map.Entry<Long, ExposureRun>> all() {
        return new ArrayList<>(new LinkedHashMap<>(runs).entrySet());
    }
}
