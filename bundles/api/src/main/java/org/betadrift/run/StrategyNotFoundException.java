package org.betadrift.run;

import java.util.List;
import org.betadrift.model.InvalidInputException;

/** No service of that role has that name now. */
public class StrategyNotFoundException extends InvalidInputException {
    private static final long serialVersionUID = 1L;
    private final String role;
    private final String name;
    private final List<String> present;

    /**
     * @param role simple name of the service interface
     * @param name what was asked for
     * @param present the names there are, of that role
     */
    public StrategyNotFoundException(String role, String name, List<String> present) {
        super("no " + role + " named " + name + ": " + present(name, present));
        this.role = role;
        this.name = name;
        this.present = List.copyOf(present);
    }

    private StrategyNotFoundException(String message, String role) {
        super(message);
        this.role = role;
        this.name = "";
        this.present = List.of();
    }

    /**
     * Whatever its name: there is none of the role.
     *
     * @param role simple name of the service interface
     * @param what needs one, in words
     */
    public static StrategyNotFoundException none(String role, String what) {
        return new StrategyNotFoundException(what + " needs a " + role + ", and none is present: install one, or leave it out", role);
    }

    /** Simple name of the service interface. */
    public String role() {
        return role;
    }

    /** What was asked for. */
    public String name() {
        return name;
    }

    /** The names there are, of that role. */
    public List<String> present() {
        return present;
    }
}
