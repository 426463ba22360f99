package se.samsyn.node.tabulate;

import java.util.List;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.summary.RegisterRow;

/** The rows of a register, in their order. */
public final class RawRegister implements Tabulation {
    private final Period period;
    private final List<RegisterRow> rows;

    RawRegister(Period period, List<RegisterRow> rows) {
        this.period = period;
        this.rows = List.copyOf(rows);
    }

    @Override
    public Period period() {
        return period;
    }

    public List<RegisterRow> rows(RawAccess access) {
        return rows;
    }

    @Override
    public String toString() {
        return "RawRegister[" + period + "]";
    }
}
