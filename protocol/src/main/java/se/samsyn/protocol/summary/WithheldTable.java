package se.samsyn.protocol.summary;

import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Table;

/** A table of which nothing is told, because all of its cells together would not hide the few. */
public record WithheldTable(Table table) implements TableValues {
    public WithheldTable {
        if (table.isOpen()) {
            throw new MalformedException("table " + table.name() + " is open and withholds nothing");
        }
    }

    @Override
    public CellValue at(int position) {
        return new CellValue.Withheld();
    }

    @Override
    public List<Integer> pooled() {
        return List.of();
    }

    @Override
    public Optional<Values> total() {
        return Optional.empty();
    }
}
