package org.betadrift.model;

import java.util.Arrays;
import java.util.List;

/** The ordered names of the K states: alpha of every target, then factor by factor. */
public final class States {
    private final List<StateName> names;

    private States(List<StateName> names) {
        this.names = List.copyOf(names);
    }

    /** @throws InvalidInputException a name occurs twice */
    public static States of(List<StateName> names) {
        if (names.stream().distinct().count() != names.size()) {
            throw InvalidInputException.of("list of states", names, "every name must be different", "name each factor once");
        }
        return new States(names);
    }

    /** One target's states, in order; {@code "alpha"} first for an intercept. */
    public static States of(String... factors) {
        return of(Arrays.stream(factors).map(f -> new StateName(f, "")).toList());
    }

    /** K. */
    public int count() {
        return names.size();
    }

    /** In order. */
    public List<StateName> names() {
        return names;
    }

    /** The names as users write them, in order. */
    public List<String> texts() {
        return names.stream().map(StateName::toString).toList();
    }

    /** @throws InvalidInputException that lists the states there are */
    public int index(String name) {
        int i = texts().indexOf(name);
        if (i < 0) {
            throw InvalidInputException.unknown("state", name, texts());
        }
        return i;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof States s && names.equals(s.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
