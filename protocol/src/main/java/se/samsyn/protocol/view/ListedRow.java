package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.RosterRule;
import se.samsyn.protocol.summary.RosterRow;
import se.samsyn.protocol.summary.RosterRowJson;

/** A row of a roster with the member and the period that it is from. */
record ListedRow(Period period, String node, RosterRow row) {
    /** By period, member and id. */
    static final Comparator<ListedRow> ORDER = Comparator.comparing(ListedRow::period)
            .thenComparing(ListedRow::node)
            .thenComparing(ListedRow::row);

    /** The values of a column. */
    List<String> cell(int column) {
        return row.cells().get(column);
    }

    /** The number of a column; zero if it is not known. */
    long number(int column) {
        return cell(column).isEmpty() ? 0 : Long.parseLong(cell(column).get(0));
    }

    void write(ObjectNode json, RosterRule rule) {
        json.put("period", period.toString()).put("node", node);
        RosterRowJson.write(json, row, rule);
    }
}
