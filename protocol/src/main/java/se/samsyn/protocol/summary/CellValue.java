package se.samsyn.protocol.summary;

/** What a summary tells of one cell. A zero is {@link Exact}: what is suppressed never looks like zero. */
public sealed interface CellValue permits CellValue.Exact, CellValue.Pooled, CellValue.Withheld {
    /** The cell's own values. */
    record Exact(Values values) implements CellValue {}

    /** Only the sums over several cells are told, of which this is one. */
    record Pooled(Pool pool) implements CellValue {}

    /** Nothing is told. */
    record Withheld() implements CellValue {}
}
