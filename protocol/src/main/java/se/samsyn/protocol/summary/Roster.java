package se.samsyn.protocol.summary;

import java.util.List;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Column;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.RosterRule;

/**
 * A list of things, one by one.
 *
 * @param rule the definition of the roster
 * @param rows by id, none twice
 */
public record Roster(RosterRule rule, List<RosterRow> rows) implements SummaryContent {
    /** Rows in one summary: more than a member has units, centres or grants. */
    public static final int MAX_ROWS = 5_000;

    public Roster {
        rows = List.copyOf(rows);
        if (rows.size() > MAX_ROWS) {
            throw new MalformedException("a roster has at most " + MAX_ROWS + " rows, not " + rows.size());
        }
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0 && rows.get(i - 1).compareTo(rows.get(i)) >= 0) {
                throw new MalformedException(
                        "rows are listed once each in ascending order; row " + i + " is out of place");
            }
            check(rule, rows.get(i));
        }
    }

    @Override
    public boolean isZero() {
        return rows.isEmpty();
    }

    private static void check(RosterRule rule, RosterRow row) {
        if (row.cells().size() != rule.columns().size()) {
            throw new MalformedException(
                    "row " + row.id() + " has " + row.cells().size() + " columns, expected "
                            + rule.columns().size());
        }
        for (int i = 0; i < rule.columns().size(); i++) {
            Column column = rule.columns().get(i);
            try {
                column.check(row.cells().get(i));
            } catch (MalformedException e) {
                throw new MalformedException("row " + row.id() + ": " + e.getMessage(), e);
            }
        }
        if (row.place().isPresent() != rule.places().isPresent()) {
            throw new MalformedException(
                    "row " + row.id() + (row.place().isPresent() ? " has a" : " lacks its") + " place");
        }
        rule.places().ifPresent(places -> checkPlace(places, row));
    }

    private static void checkPlace(Dimension places, RosterRow row) {
        String place = row.place().orElseThrow();
        if (places.codes().indexOf(place) < 0) {
            throw new MalformedException("row " + row.id() + ": " + places.name() + " \"" + place
                    + "\" is not in code list " + places.codes().name());
        }
    }
}
