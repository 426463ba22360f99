package se.samsyn.node.tabulate;

import java.util.List;
import se.samsyn.protocol.dataset.Period;

/** The tables of a dataset, in the order of its definition, with every value as the records have it. */
public final class RawTables implements Tabulation {
    private final Period period;
    private final List<RawTable> tables;

    RawTables(Period period, List<RawTable> tables) {
        this.period = period;
        this.tables = List.copyOf(tables);
    }

    @Override
    public Period period() {
        return period;
    }

    public List<RawTable> tables(RawAccess access) {
        return tables;
    }

    @Override
    public String toString() {
        return "RawTables[" + period + "]";
    }
}
