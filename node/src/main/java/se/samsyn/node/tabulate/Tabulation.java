package se.samsyn.node.tabulate;

import se.samsyn.protocol.dataset.Period;

/**
 * What the records of one period come to, not yet protected: {@link RawTables}, {@link RawRegister} or {@link RawRoster}. Closed to all
 * but protect.
 */
public sealed interface Tabulation permits RawTables, RawRegister, RawRoster {
    /** The period that the records are of. */
    Period period();
}
