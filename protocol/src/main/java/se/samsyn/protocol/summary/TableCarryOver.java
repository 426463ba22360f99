package se.samsyn.protocol.summary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.DisclosureRule;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.dataset.TableShape;

/**
 * A table that was told under one version of a definition, read as the table of the same name in another: cell by cell by their codes, and
 * measure by measure by their names. What the other version does not ask for is left out; nothing is added.
 */
final class TableCarryOver {
    private final Table told;
    private final Table read;
    private final boolean isSame;

    /** @param told and {@code asked}, which do not differ by {@link #difference} */
    TableCarryOver(Table told, Table asked) {
        this.told = told;
        this.isSame = told.equals(asked);
        // protected as it was told: what it holds was held to that rule, and need not hold to a stricter one that came
        // later
        this.read = isSame
                ? told
                : new Table(
                        asked.name(),
                        asked.dimensions(),
                        asked.measures().stream()
                                .map(TableCarryOver::withoutNesting)
                                .toList(),
                        told.disclosure());
    }

    /** Why a table cannot be read as another, said of the one that was told; nothing if it can. */
    static Optional<String> difference(Table told, Table asked) {
        String table = "its table " + told.name();
        if (told.dimensions().size() != asked.dimensions().size()) {
            return Optional.of(table + " has other dimensions");
        }
        for (Dimension dimension : asked.dimensions()) {
            Optional<Dimension> before = dimension(told, dimension.name());
            if (before.isEmpty() || !before.get().field().equals(dimension.field())) {
                return Optional.of(table + " has no dimension " + dimension.name() + " of " + dimension.field());
            }
            Optional<String> codes = CodeDifference.either(before.get().codes(), dimension.codes());
            if (codes.isPresent()) {
                return Optional.of(
                        table + " has other codes of " + dimension.name() + ", unlike in \"" + codes.get() + "\"");
            }
        }
        for (Measure measure : asked.measures()) {
            int index = told.indexOfMeasure(measure.name());
            if (index < 0) {
                return Optional.of(table + " has no measure " + measure.name());
            }
            if (!withoutNesting(told.measures().get(index)).equals(withoutNesting(measure))) {
                return Optional.of(table + " makes the measure " + measure.name() + " otherwise");
            }
        }
        boolean samePersons = told.disclosure()
                .map(DisclosureRule::persons)
                .equals(asked.disclosure().map(DisclosureRule::persons));
        return samePersons ? Optional.empty() : Optional.of(table + " protects other persons");
    }

    /** The values of the told table as those of the other. */
    TableValues read(TableValues values) {
        if (isSame) {
            return values;
        }
        if (!(values instanceof Published published)) {
            return new WithheldTable(read);
        }
        List<Cell> cells = new ArrayList<>();
        for (Cell cell : published.cells()) {
            Values kept = kept(cell.values());
            if (!kept.isZero()) {
                cells.add(new Cell(position(cell.position()), kept));
            }
        }
        cells.sort(Comparator.comparingInt(Cell::position));
        Optional<Pool> pool = published
                .pool()
                .map(one -> new Pool(
                        one.positions().stream().map(this::position).sorted().toList(), kept(one.values())));
        return new Published(read, published.k(), cells, pool);
    }

    private int position(int toldPosition) {
        TableShape shape = told.shape();
        List<String> codes = new ArrayList<>();
        for (Dimension dimension : read.dimensions()) {
            int index =
                    told.dimensions().indexOf(dimension(told, dimension.name()).orElseThrow());
            int code = shape.codeIndex(toldPosition, index);
            codes.add(told.dimensions().get(index).codes().codes().get(code).code());
        }
        return read.shape().position(codes);
    }

    private Values kept(Values values) {
        return Values.of(read.measures().stream()
                .mapToLong(measure -> values.get(told.indexOfMeasure(measure.name())))
                .toArray());
    }

    private static Optional<Dimension> dimension(Table table, String name) {
        return table.dimensions().stream()
                .filter(dimension -> dimension.name().equals(name))
                .findFirst();
    }

    /** What a measure is part of says how it is protected, and not what it counts. */
    private static Measure withoutNesting(Measure measure) {
        return new Measure(
                measure.name(),
                measure.aggregate(),
                measure.field(),
                measure.only(),
                measure.except(),
                Optional.empty());
    }
}
