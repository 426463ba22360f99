package se.samsyn.node.tabulate;

import java.io.DataOutputStream;
import java.util.List;
import se.samsyn.protocol.Hash;
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

    /** The SHA-256 of all that the tables hold, whatever the order in which the records came. */
    public Hash fingerprint(RawAccess access) {
        return Hash.sha256Of(stream -> {
            DataOutputStream out = new DataOutputStream(stream);
            for (RawTable table : tables(access)) {
                out.writeUTF(table.table().name());
                table.write(out);
            }
        });
    }

    @Override
    public String toString() {
        return "RawTables[" + period + "]";
    }
}
