package se.samsyn.node.tabulate;

import java.util.List;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.summary.RosterRow;

/** The rows of a roster, by their ids. */
public final class RawRoster implements Tabulation {
    private final Period period;
    private final List<RosterRow> rows;

    RawRoster(Period period, List<RosterRow> rows) {
        this.period = period;
        this.rows = List.copyOf(rows);
    }

    @Override
    public Period period() {
        return period;
    }

    public List<RosterRow> rows(RawAccess access) {
        return rows;
    }

    @Override
    public String toString() {
        return "RawRoster[" + period + "]";
    }
}
