package se.samsyn.node.settlement;

import java.util.Optional;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.settlement.Agreement;
import se.samsyn.protocol.settlement.Answer;
import se.samsyn.protocol.settlement.Exchange;
import se.samsyn.protocol.settlement.Proposal;
import se.samsyn.protocol.settlement.SignedSettlement;

/**
 * A kept proposal with its answer, if that is there.
 *
 * @param signed the proposal as its issuer signed it
 * @param signedAnswer the answer as its payer signed it
 */
record Settled(byte[] signed, Optional<byte[]> signedAnswer) {
    Proposal proposal() {
        return Proposal.parse(SignedSettlement.payload(signed));
    }

    Optional<Answer> answer() {
        return signedAnswer.map(SignedSettlement::payload).map(Answer::parse);
    }

    Hash hash() {
        return SignedSettlement.hash(signed);
    }

    Optional<Exchange> exchange() {
        return answer().map(answer -> new Exchange(proposal(), answer));
    }

    Optional<Agreement> agreement() {
        return answer().map(answer -> Agreement.of(proposal(), hash(), answer));
    }
}
