package org.betadrift.shell.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.betadrift.model.InvalidInputException;

/**
 * What {@code --factors} says: the factors of every target, then those that a target has beside them, {@code MKT;A:SMB,HML;B:OIL}.
 * The grammar stands in the package documentation of {@code org.betadrift.run}.
 */
final class FactorsOption {
    private static final String OPTION = "--factors";

    private final List<String> common;
    private final Map<String, List<String>> own;

    private FactorsOption(List<String> common, Map<String, List<String>> own) {
        this.common = common;
        this.own = own;
    }

    /**
     * @param text null = none is given
     * @throws InvalidInputException it isn't of the grammar, or a target that isn't there has factors
     */
    static FactorsOption parse(String text, List<String> targets) {
        List<String> common = new ArrayList<>();
        Map<String, List<String>> own = new LinkedHashMap<>();
        List<String> parts = text == null ? List.of() : Names.splitAll(text, ';');
        for (int i = 0; i < parts.size(); i++) {
            String[] targetAndFactors = Names.split(parts.get(i), ':');
            if (targetAndFactors.length == 2) {
                addOwn(own, text, targetAndFactors, targets);
            } else if (i == 0) {
                common.addAll(Names.parse(OPTION, parts.get(i)));
            } else {
                throw InvalidInputException.of(OPTION, "\"" + text + "\"", "after a semicolon a target has factors of its own",
                        "write COMMON,COMMON;TARGET:COL,COL");
            }
        }
        return new FactorsOption(common, own);
    }

    private static void addOwn(Map<String, List<String>> own, String text, String[] targetAndFactors, List<String> targets) {
        List<String> names = Names.parse(OPTION, targetAndFactors[0]);
        String target = names.get(0);
        if (names.size() != 1) {
            throw InvalidInputException.of(OPTION, "\"" + text + "\"", "one target stands before a colon", "write TARGET:COL,COL;TARGET:COL");
        }
        if (!targets.contains(target)) {
            throw new InvalidInputException("factors of " + target + ": " + InvalidInputException.unknown("target", target, targets).getMessage());
        }
        if (own.put(target, Names.parse(OPTION, targetAndFactors[1])) != null) {
            throw InvalidInputException.of("factors of " + target, "given twice", "once is enough", "write them in one list");
        }
    }

    /** In order: the common ones, then its own. */
    List<String> of(String target) {
        List<String> all = new ArrayList<>(common);
        all.addAll(own.getOrDefault(target, List.of()));
        return all;
    }

    /** Of all targets, each once. */
    List<String> all() {
        Set<String> all = new LinkedHashSet<>(common);
        own.values().forEach(all::addAll);
        return List.copyOf(all);
    }

    /** {@code on MKT; A on SMB, HML too}, for a title; empty where there is none. */
    String words() {
        List<String> words = new ArrayList<>();
        if (!common.isEmpty()) {
            words.add("on " + String.join(", ", common));
        }
        own.forEach((target, its) -> words.add(target + " on " + String.join(", ", its) + (common.isEmpty() ? "" : " too")));
        return String.join("; ", words);
    }
}
