package se.samsyn.node.settlement;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import se.samsyn.node.record.RecordStore;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.settlement.Answer;
import se.samsyn.protocol.settlement.Between;
import se.samsyn.protocol.settlement.InvoiceLine;
import se.samsyn.protocol.settlement.Proposal;
import se.samsyn.protocol.settlement.SignedSettlement;

/**
 * Proposes to each other member what its records say that it owes, and keeps what they answer. No invoice line leaves but by a person's
 * word for its quarter; what she has let go is sent again until it is answered.
 */
final class Issuer {
    private final String self;
    private final FederationRoot root;
    private final SettlementStore documents;
    private final RecordStore records;
    private final SettlementSigner signer;
    private final int k;
    private final InstantSource clock;

    Issuer(
            String self,
            FederationRoot root,
            SettlementStore documents,
            RecordStore records,
            SettlementSigner signer,
            int k,
            InstantSource clock) {
        this.self = self;
        this.root = root;
        this.documents = documents;
        this.records = records;
        this.signer = signer;
        this.k = k;
        this.clock = clock;
    }

    /**
     * What was proposed of a quarter.
     *
     * @param made payers that got a new revision
     * @param unchanged payers with whom there is nothing new to settle, or whose answer is waited for
     */
    record Report(List<String> made, List<String> unchanged, Map<String, Integer> leftOut) {}

    /**
     * Makes a proposal to every other member that speaks for a region, one without lines too, which says that nothing is owed: the payer
     * can then tell of invoices that the issuer does not know. There is no new revision where both agreed and nothing changed since, nor
     * where the last one is not answered yet and says the same.
     *
     * @param atLeast the first revision that new ones may have, for an issuer that has lost count
     * @throws RefutedException if the quarter has not ended
     */
    synchronized Report propose(Period quarter, int atLeast) {
        Payer.requireEnded(Between.requireQuarter(quarter), clock);
        IssuedLines issued = IssuedLines.read(records, root, self, quarter, k);
        Map<Between, byte[]> made = new LinkedHashMap<>();
        List<String> unchanged = new ArrayList<>();
        for (Member payer : root.members()) {
            if (payer.node().equals(self) || !Places.settles(payer)) {
                continue;
            }
            List<InvoiceLine> lines = issued.of(payer.node());
            Optional<Settled> last = documents.newest(self, payer.node(), quarter);
            if (last.isPresent() && last.get().proposal().lines().equals(lines) && !isOpen(last.get())) {
                unchanged.add(payer.node());
                continue;
            }
            int revision =
                    last.map(each -> each.proposal().between().revision() + 1).orElse(1);
            Between between = new Between(self, payer.node(), quarter, Math.max(revision, atLeast), root.version(), k);
            made.put(between, signer.sign(new Proposal(between, lines, issued.rest(payer.node()))));
        }
        if (!made.isEmpty()) {
            documents.putProposals(made);
        }
        return new Report(made.keySet().stream().map(Between::payer).toList(), unchanged, issued.leftOut());
    }

    /** The proposals that nobody has answered. */
    List<Settled> unanswered() {
        return documents.newest(of -> of.issuer().equals(self)).stream()
                .filter(each -> each.signedAnswer().isEmpty())
                .toList();
    }

    /**
     * Keeps the answer to a proposal.
     *
     * @throws RefutedException if it is none to it
     */
    synchronized void answered(Settled asked, byte[] signedAnswer) {
        Answer verified = SignedSettlement.verifyAnswer(signedAnswer, root, asked.proposal(), asked.hash());
        documents.putAnswered(verified.between(), asked.signed(), signedAnswer);
    }

    /** Answered, and not as both would have it: the payer's records may have been put right since. */
    private static boolean isOpen(Settled settled) {
        return settled.agreement().map(agreement -> !agreement.isComplete()).orElse(false);
    }
}
