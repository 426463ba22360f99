package se.samsyn.node.tabulate;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.record.SourceRecord;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Aggregate;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.summary.Values;

/**
 * A table with every value as the records have it: a dense array of cells by position, each cell made when its first
 * record comes. It remembers who is in each cell and what each contributor gave to it, because whether several cells
 * may be told <em>together</em> cannot be worked out from their values.
 */
public final class RawTable {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Table table;
    private final @Nullable RawCell[] cells;

    RawTable(Table table) {
        this.table = table;
        this.cells = new RawCell[table.shape().cells()];
    }

    /** The definition of the table. */
    public Table table() {
        return table;
    }

    /** The positions of the cells that hold a record, ascending. */
    public List<Integer> filled() {
        List<Integer> positions = new ArrayList<>();
        for (int position = 0; position < cells.length; position++) {
            if (cells[position] != null) {
                positions.add(position);
            }
        }
        return positions;
    }

    /**
     * The values of a cell, one for each measure of the table.
     *
     * @throws MalformedException if a sum is beyond the range of signed JSON
     */
    public Values values(int position) {
        RawCell cell = cells[position];
        return cell == null ? Values.zero(table.measures().size()) : cell.values();
    }

    /**
     * How many different persons are in those cells; one who is in two of them counts once, where the records tell
     * persons apart.
     */
    public long persons(Collection<Integer> positions) {
        int measure = table.personsIndex();
        if (table.measures().get(measure).aggregate() != Aggregate.DISTINCT) {
            return positions.stream()
                    .mapToLong(position -> values(position).get(measure))
                    .sum();
        }
        Set<String> persons = new HashSet<>();
        for (int position : positions) {
            RawCell cell = cells[position];
            if (cell != null) {
                persons.addAll(cell.distinct(measure));
            }
        }
        return persons.size();
    }

    /** The most that one contributor gave to a sum over those cells, in the unit of the measure. */
    public long largestContribution(int measure, Collection<Integer> positions) {
        Map<String, Long> byContributor = new HashMap<>();
        for (int position : positions) {
            RawCell cell = cells[position];
            if (cell != null) {
                cell.contributions(measure)
                        .forEach((contributor, amount) -> byContributor.merge(contributor, amount, Math::addExact));
            }
        }
        return byContributor.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** By contributor, what it gave to the sum of one cell, in the unit of the measure. */
    public Map<String, Long> contributions(int measure, int position) {
        RawCell cell = cells[position];
        return cell == null ? Map.of() : cell.contributions(measure);
    }

    /** Writes all that the table holds, in the order of its cells. */
    void write(DataOutputStream out) throws IOException {
        for (int position : filled()) {
            RawCell cell = cells[position];
            if (cell != null) {
                out.writeInt(position);
                cell.write(out);
            }
        }
        out.writeInt(-1);
    }

    void add(SourceRecord record) {
        int position = 0;
        for (Dimension dimension : table.dimensions()) {
            position = position * dimension.codes().size() + index(dimension, record.text(dimension.field()));
        }
        RawCell cell = cells[position];
        if (cell == null) {
            cell = new RawCell(table);
            cells[position] = cell;
        }
        cell.add(record);
    }

    private static long number(Dimension dimension, String text) {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw new MalformedException(
                    "the field " + dimension.field() + " of a record is \"" + text + "\", expected a number");
        }
        return Long.parseLong(text);
    }

    /**
     * The position of a code in its list; what the list does not have is counted as unknown and not dropped.
     *
     * @throws MalformedException if the list has no code for the unknown either
     */
    static int index(Dimension dimension, String code) {
        CodeList codes = dimension.codes();
        if (codes.upTo().isPresent() && !code.isEmpty()) {
            return codes.indexOfNumber(number(dimension, code));
        }
        for (String candidate : List.of(code, CodeList.UNKNOWN, CodeList.UNKNOWN_PLACE)) {
            int index = codes.indexOf(candidate);
            if (index >= 0) {
                return index;
            }
        }
        throw new MalformedException(
                "code list " + codes.name() + " has neither \"" + code + "\" nor a code for the unknown");
    }
}
