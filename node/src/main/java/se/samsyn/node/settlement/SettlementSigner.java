package se.samsyn.node.settlement;

import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.FailPoints;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.settlement.Answer;
import se.samsyn.protocol.settlement.Proposal;
import se.samsyn.protocol.settlement.SignedSettlement;

/**
 * How the node says something to one other member: signed with its publisher key.
 *
 * @param failPoints of each signature
 */
record SettlementSigner(SigningKey publisher, FailPoints failPoints) {
    byte[] sign(Proposal proposal) {
        return failPoints.around(FailPoint.SIGN_SETTLEMENT, () -> SignedSettlement.sign(proposal, publisher));
    }

    byte[] sign(Answer answer) {
        return failPoints.around(FailPoint.SIGN_SETTLEMENT, () -> SignedSettlement.sign(answer, publisher));
    }
}
