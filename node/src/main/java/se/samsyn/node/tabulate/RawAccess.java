package se.samsyn.node.tabulate;

/**
 * The key to unprotected values: who holds one can read a {@link Tabulation}. Only the protector does, which a test
 * keeps true, so that whoever passes a tabulation on, such as the code that releases, can do nothing else with it.
 */
public final class RawAccess {
    private static final RawAccess INSTANCE = new RawAccess();

    private RawAccess() {}

    /** For {@code se.samsyn.node.protect} alone. */
    public static RawAccess forProtection() {
        return INSTANCE;
    }
}
