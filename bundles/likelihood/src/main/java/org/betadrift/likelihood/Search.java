package org.betadrift.likelihood;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.betadrift.model.InvalidInputException;

/** How hard to look. Immutable. */
public final class Search {
    private static final Search DEFAULTS = new Search(2, 0, Map.of(), 20_000, List.of());
    private final int starts;
    private final long seed;
    private final Map<String, double[]> userStarts;
    private final int evaluations;
    private final List<String> profiles;

    private Search(int starts, long seed, Map<String, double[]> userStarts, int evaluations, List<String> profiles) {
        this.starts = starts;
        this.seed = seed;
        this.userStarts = userStarts;
        this.evaluations = evaluations;
        this.profiles = profiles;
    }

    /** Two starts, at most 20,000 evaluations, no profile. */
    public static Search defaults() {
        return DEFAULTS;
    }

    /**
     * The tool's own starts: Fisher scoring from zero, s = 1e-3, then at random between s = 1e-6 and 10.
     *
     * @throws InvalidInputException fewer than one
     */
    public Search withStarts(int count) {
        if (count < 1) {
            throw InvalidInputException.of("number of starts", count, "a search starts somewhere", "pass 1 or more");
        }
        return new Search(count, seed, userStarts, evaluations, profiles);
    }

    /** Of the starts at random. */
    public Search withSeed(long number) {
        return new Search(starts, number, userStarts, evaluations, profiles);
    }

    /**
     * A start of the caller's, tried before the tool's own.
     *
     * @param name as the record lists it
     * @param theta in the data's units; copied
     */
    public Search withStart(String name, double... theta) {
        Map<String, double[]> more = new LinkedHashMap<>(userStarts);
        more.put(name, theta.clone());
        return new Search(starts, seed, Collections.unmodifiableMap(more), evaluations, profiles);
    }

    /** At most so many likelihoods, over all starts; then the best so far is returned and its record says so. */
    public Search withEvaluations(int most) {
        return new Search(starts, seed, userStarts, most, profiles);
    }

    /** Profile likelihoods to work out, by parameter name; {@code all} for every one. */
    public Search withProfiles(List<String> names) {
        return new Search(starts, seed, userStarts, evaluations, List.copyOf(names));
    }

    int starts() {
        return starts;
    }

    long seed() {
        return seed;
    }

    /** By name, in the order given. */
    Map<String, double[]> userStarts() {
        return userStarts;
    }

    int evaluations() {
        return evaluations;
    }

    List<String> profiles(List<String> all) {
        List<String> wanted = new ArrayList<>();
        for (String name : profiles) {
            if (name.equals("all")) {
                return all;
            }
            if (!all.contains(name)) {
                throw InvalidInputException.unknown("parameter", name, all);
            }
            wanted.add(name);
        }
        return wanted;
    }
}
