package se.samsyn.protocol.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.MalformedException;

/**
 * What a roster tells of each thing that it lists, one by one: trial units, centres, grants; no persons.
 *
 * @param id the field with the member's own name for a thing; where there is none, the name is made from the record's key
 * @param counts what the things are called when they are counted
 * @param columns what is told of each
 * @param places where each is, within the member's scope; none for what is nowhere
 * @param due which dates are dates by which something is due; none where that is nobody's question
 * @param settlement which columns tell what two members have settled; none where the roster is of other things
 */
public record RosterRule(
        Optional<String> id,
        String counts,
        List<Column> columns,
        Optional<Dimension> places,
        Optional<DueRule> due,
        Optional<SettlementRule> settlement) {
    /** Columns of one roster. */
    public static final int MAX_COLUMNS = 32;

    public RosterRule {
        id.ifPresent(field -> Names.checkCamelCase("a roster's id", field));
        Names.checkCamelCase("what a roster counts", counts);
        columns = List.copyOf(columns);
        if (columns.isEmpty() || columns.size() > MAX_COLUMNS) {
            throw new MalformedException("a roster has 1.." + MAX_COLUMNS + " columns, not " + columns.size());
        }
        List<String> names = new ArrayList<>(columns.stream().map(Column::name).toList());
        places.ifPresent(dimension -> names.add(dimension.name()));
        Names.checkDistinct("in the roster column", names, name -> name);
        List<Column> all = columns;
        due.ifPresent(rule -> rule.check(all));
        settlement.ifPresent(rule -> rule.check(all));
    }

    /** The position of a column, from zero, or -1. */
    public int indexOf(String name) {
        return indexOf(columns, name);
    }

    static int indexOf(List<Column> columns, String name) {
        for (int index = 0; index < columns.size(); index++) {
            if (columns.get(index).name().equals(name)) {
                return index;
            }
        }
        return -1;
    }

    static Column require(List<Column> columns, String name, ColumnType type, String who) {
        int index = indexOf(columns, name);
        if (index < 0 || columns.get(index).type() != type) {
            throw new MalformedException(
                    who + " names the column \"" + name + "\", which is no column of type " + type.word());
        }
        return columns.get(index);
    }

    /** The columns that hold one code, by which a view can group. */
    List<Dimension> groupings() {
        return columns.stream()
                .filter(column -> column.type() == ColumnType.CODE)
                .map(column -> new Dimension(
                        column.name(), column.field(), column.codes().orElseThrow()))
                .toList();
    }
}
