package se.samsyn.node.tabulate;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (RawTable table : tables(access)) {
                out.writeUTF(table.table().name());
                table.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Hash.sha256(bytes.toByteArray());
    }

    @Override
    public String toString() {
        return "RawTables[" + period + "]";
    }
}
