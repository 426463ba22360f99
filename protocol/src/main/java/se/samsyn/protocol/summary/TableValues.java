package se.samsyn.protocol.summary;

import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.dataset.Table;

/** What a summary tells of one table: {@link Published} or {@link WithheldTable}. */
public sealed interface TableValues permits Published, WithheldTable {
    /** The definition of the table. */
    Table table();

    /** What is told of the cell at that position. */
    CellValue at(int position);

    /** The positions of the pooled cells, ascending; empty where there is no pool. */
    List<Integer> pooled();

    /** The sums over all cells, which pooling leaves exact; empty if the table is withheld. */
    Optional<Values> total();
}
