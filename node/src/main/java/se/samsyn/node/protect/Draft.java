package se.samsyn.node.protect;

import java.util.List;
import se.samsyn.protocol.summary.SummaryContent;

/**
 * What may be released.
 *
 * @param content the values as everybody will read them
 * @param explanations for the region's release officer, cell by cell; they stay on the private side, as a reason tells
 *     of the records
 */
public record Draft(SummaryContent content, List<CellExplanation> explanations) implements Protection {
    public Draft {
        explanations = List.copyOf(explanations);
    }
}
