package se.samsyn.node.config;

import java.util.Locale;

/** What the holder of a token may do; an operator may also do what a coordinator may. */
public enum Role {
    /** Imports records, releases, sees everything. */
    OPERATOR,
    /** Asks for views and the state of the network. */
    COORDINATOR;

    /** Tells whether this role may do what the other one may. */
    public boolean includes(Role other) {
        return this == OPERATOR || this == other;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
