package se.samsyn.protocol.audit;

import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.statement.EvidenceStatement;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.view.LogBasis;
import se.samsyn.protocol.witness.Accusations;
import se.samsyn.protocol.witness.CosignedCheckpoint;
import se.samsyn.protocol.witness.Evidence;

/**
 * A log in which nothing was refuted.
 *
 * @param checkpoint under a quorum
 * @param statements all that its entries say
 */
record AuditedLog(String node, CosignedCheckpoint checkpoint, List<VerifiedStatement> statements) {
    TreeHead head() {
        return checkpoint.checkpoint().head();
    }

    /** What a basis says of it, unless it has no quorum without the accused. */
    Optional<LogBasis> basis(Accusations accusations) {
        return Optional.of(checkpoint.without(accusations))
                .filter(CosignedCheckpoint::hasQuorum)
                .map(counted -> new LogBasis(node, head(), counted.timeSeconds()));
    }

    /** What its entries claim to prove. */
    List<Evidence> evidence() {
        return statements.stream()
                .map(VerifiedStatement::statement)
                .filter(EvidenceStatement.class::isInstance)
                .map(statement -> ((EvidenceStatement) statement).evidence())
                .toList();
    }
}
