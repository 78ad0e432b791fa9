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
