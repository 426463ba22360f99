package se.samsyn.protocol.view;

import java.util.Comparator;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.TrialYear;
import se.samsyn.protocol.summary.RegisterRow;

/** A row of a register with the member that it is from. */
record SourceRow(String node, RegisterRow row) {
    /**
     * Whose word comes first where rows of one trial differ: a true
     * start date before a derived one before none; the earlier before the later; a known region before an unknown one;
     * then by node; then by numbers. No two different rows are equal in it.
     */
    static final Comparator<SourceRow> PRECEDENCE = Comparator.comparingInt(SourceRow::startRank)
            .thenComparing(SourceRow::startText)
            .thenComparing(SourceRow::isRegionUnknown)
            .thenComparing(SourceRow::node)
            .thenComparing(SourceRow::row);

    private static final int TRUE_START = 0;
    private static final int DERIVED_START = 1;
    private static final int NO_START = 2;

    private int startRank() {
        if (row.start().isPresent()) {
            return TRUE_START;
        }
        return year().year().isPresent() ? DERIVED_START : NO_START;
    }

    /** Dates of four-digit years sort as text. */
    private String startText() {
        return row.start().orElseGet(() -> Integer.toString(year().year().orElse(0)));
    }

    private boolean isRegionUnknown() {
        return row.places().stream().allMatch(CodeList.UNKNOWN_PLACE::equals);
    }

    private TrialYear year() {
        return TrialYear.of(row.start(), row.ids());
    }
}
