package se.samsyn.protocol.audit;

import java.util.List;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.view.LogBasis;

/**
 * A log in which nothing was refuted.
 *
 * @param head as its checkpoint signs it
 * @param timeSeconds when a quorum last vouched for it, seconds since 1970
 * @param statements all that its entries say
 */
record AuditedLog(String node, TreeHead head, long timeSeconds, List<VerifiedStatement> statements) {
    LogBasis basis() {
        return new LogBasis(node, head, timeSeconds);
    }
}
