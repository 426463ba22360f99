package se.samsyn.protocol.summary;

import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.Column;
import se.samsyn.protocol.dataset.ColumnType;

/** A column that was told under one version of a definition, read as the one of the same name in another. */
final class ColumnCarryOver {
    private ColumnCarryOver() {}

    /**
     * A row's values of a column: those that its codes still have; none, or {@code unknown} of a column of one code, where it was not told.
     *
     * @param told the columns that were told
     * @param cells the row's values of each
     */
    static List<String> values(List<Column> told, List<List<String>> cells, Column asked) {
        List<String> kept =
                before(told, asked).map(column -> cells.get(told.indexOf(column))).orElse(List.of()).stream()
                        .filter(value -> asked.codes()
                                .map(list -> list.indexOf(value) >= 0)
                                .orElse(true))
                        .toList();
        return kept.isEmpty() && asked.type() == ColumnType.CODE ? List.of(CodeList.UNKNOWN) : kept;
    }

    /** Whether every value that may have been told can be said in a column, if only as {@code unknown}. */
    static boolean canSay(List<Column> told, Column asked) {
        boolean mayBeUnknown = asked.type() == ColumnType.CODE
                && before(told, asked)
                        .map(column -> CodeDifference.lacking(
                                        column.codes().orElseThrow(),
                                        asked.codes().orElseThrow())
                                .isPresent())
                        .orElse(true);
        return !mayBeUnknown || asked.codes().orElseThrow().indexOf(CodeList.UNKNOWN) >= 0;
    }

    /** Whether a column was told, and with the same codes. */
    static boolean isWhole(List<Column> told, Column asked) {
        return before(told, asked)
                .filter(column -> column.codes()
                        .flatMap(codes ->
                                CodeDifference.either(codes, asked.codes().orElseThrow()))
                        .isEmpty())
                .isPresent();
    }

    private static Optional<Column> before(List<Column> told, Column asked) {
        return told.stream()
                .filter(column -> column.name().equals(asked.name())
                        && column.field().equals(asked.field())
                        && column.type() == asked.type())
                .findFirst();
    }
}
