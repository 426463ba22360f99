package se.samsyn.protocol.dataset;

import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.MalformedException;

/**
 * Which columns of a roster are dates by which something is due.
 *
 * @param by the column by which it is told: one code
 * @param dues what is due, one or more
 */
public record DueRule(String by, List<Due> dues) {
    /** Kinds of things that are due in one roster. */
    public static final int MAX_DUES = 8;

    /**
     * Something that is due.
     *
     * @param name what it is
     * @param date the column with the date by which it is due
     * @param done the column with the date on which it was done: then it is not due any more
     * @param amount the column with how much is due, in öre: where that is nothing, nothing is due
     */
    public record Due(String name, String date, Optional<String> done, Optional<String> amount) {
        public Due {
            Names.checkName("the name of what is due", name);
        }
    }

    public DueRule {
        dues = List.copyOf(dues);
        if (dues.isEmpty() || dues.size() > MAX_DUES) {
            throw new MalformedException("what is due are 1.." + MAX_DUES + " things, not " + dues.size());
        }
        Names.checkDistinct("what is due", dues, Due::name);
    }

    void check(List<Column> columns) {
        requireType(columns, by, ColumnType.CODE);
        for (Due due : dues) {
            requireType(columns, due.date, ColumnType.DATE);
            due.done.ifPresent(name -> requireType(columns, name, ColumnType.DATE));
            due.amount.ifPresent(name -> requireType(columns, name, ColumnType.NUMBER));
        }
    }

    private static void requireType(List<Column> columns, String name, ColumnType type) {
        var unused = RosterRule.require(columns, name, type, "what is due");
    }
}
