package org.betadrift.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.betadrift.estimation.Options;
import org.betadrift.model.InvalidInputException;

/**
 * A strategy by name with its options: {@code rolling-beta-variance:window=20}, {@code fixed:1e-4,1e-5}. Immutable.
 *
 * @param name lower-case words with hyphens
 * @param options by key, in the order written; a lone value has the key {@link Options#VALUE}
 */
public record Choice(String name, Map<String, String> options) {
    private static final String KEY = "[A-Za-z][A-Za-z0-9-]*";

    /** @throws InvalidInputException the name isn't one */
    public Choice {
        if (!isName(name)) {
            throw InvalidInputException.of("strategy name", "\"" + name + "\"", "a name is lower-case words with hyphens",
                    "list the names with the strategies command");
        }
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Whether a strategy may have this name: lower-case words with hyphens. */
    public static boolean isName(String text) {
        return text.matches("[a-z][a-z0-9-]*");
    }

    /** @throws InvalidInputException the text isn't a choice of the package's grammar */
    public static Choice parse(String text) {
        String[] nameAndRest = text.strip().split(":", 2);
        Map<String, String> options = new LinkedHashMap<>();
        if (nameAndRest.length == 2) {
            String rest = nameAndRest[1];
            if (!rest.matches(KEY + "=.*")) {
                options.put(Options.VALUE, rest);
            } else {
                for (String part : rest.split(",(?=" + KEY + "=)")) {
                    String[] keyAndValue = part.split("=", 2);
                    if (options.put(keyAndValue[0], keyAndValue[1]) != null) {
                        throw InvalidInputException.of("option " + keyAndValue[0] + " of " + text, "given twice", "once is enough", "drop one");
                    }
                }
            }
        }
        return new Choice(nameAndRest[0], options);
    }

    /** Reads back by {@link #parse}. */
    @Override
    public String toString() {
        String rest = options.entrySet().stream()
                .map(e -> (options.size() == 1 && e.getKey().equals(Options.VALUE) ? "" : e.getKey() + "=") + e.getValue())
                .collect(Collectors.joining(","));
        return rest.isEmpty() ? name : name + ":" + rest;
    }
}
