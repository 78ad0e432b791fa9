package org.betadrift.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The caller's data, options or arguments are wrong; a second try with the same input fails again (exit code 2). */
public class InvalidInputException extends BetadriftException {
    private static final long serialVersionUID = 1L;

    /** @param message one line: what, where, the value, what to do */
    public InvalidInputException(String message) {
        super(message, null);
    }

    /**
     * The usual message: {@code ARGUMENT is VALUE, but RULE: REMEDY}.
     *
     * @param remedy what the caller should do
     */
    public static InvalidInputException of(String argument, Object value, String rule, String remedy) {
        return new InvalidInputException(argument + " is " + value + ", but " + rule + ": " + remedy);
    }

    /**
     * A name that isn't there, with the nearest one and all there are.
     *
     * @param kind what was asked for, e.g. {@code column}
     * @param present the names there are, in the order to list them
     */
    public static InvalidInputException unknown(String kind, String name, Collection<String> present) {
        return new InvalidInputException("no " + kind + " named " + name + ": " + present(name, present));
    }

    /** {@code did you mean NEAREST? present are A, B, C}; the first half only where a name is near. */
    protected static String present(String name, Collection<String> present) {
        if (present.isEmpty()) {
            return "there is none";
        }
        String all = "present are " + String.join(", ", present);
        return nearest(name, present).map(near -> "did you mean " + near + "? " + all).orElse(all);
    }

    private static Optional<String> nearest(String name, Collection<String> present) {
        int near = Math.max(1, name.length() / 3);
        return present.stream()
                .filter(other -> edits(name, other) <= near)
                .min(Comparator.comparingInt(other -> edits(name, other)));
    }

    /** Levenshtein's distance, blind to case. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
