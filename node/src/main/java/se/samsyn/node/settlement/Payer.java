package se.samsyn.node.settlement;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import se.samsyn.node.record.RecordStore;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Scope;
import se.samsyn.protocol.settlement.Answer;
import se.samsyn.protocol.settlement.Between;
import se.samsyn.protocol.settlement.Exchange;
import se.samsyn.protocol.settlement.Matching;
import se.samsyn.protocol.settlement.Proposal;
import se.samsyn.protocol.settlement.SignedSettlement;

/**
 * Answers what others say that this member owes them. A revision is answered once: the proposal and its answer are on the disk together
 * before the answer leaves, and whoever brings the same proposal again gets the same bytes. One older than what was answered, or another
 * proposal under a revision that was, is refused, so that nobody can take back what both have signed.
 */
public final class Payer {
    /** Quarters before this one that a proposal may be of: ten years. Older ones would only fill the disk. */
    static final int MAX_QUARTERS_BACK = 40;

    private static final int MONTHS_OF_QUARTER = 3;

    private final String self;
    private final FederationRoot root;
    private final SettlementStore documents;
    private final RecordStore records;
    private final SettlementSigner signer;
    private final int k;
    private final InstantSource clock;

    Payer(
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
     * Answers a signed proposal.
     *
     * @param sender the member that the connection is of: nobody brings another's proposal
     * @return the signed answer
     * @throws se.samsyn.protocol.MalformedException if it is no proposal
     * @throws RefutedException if it is not the sender's own to this member, or an older one than was answered
     */
    public synchronized byte[] answer(Optional<String> sender, byte[] signed) {
        String issuer =
                sender.orElseThrow(() -> new RefutedException("the connection is of no member of the federation root"));
        requireIssuer(issuer);
        Proposal proposal = SignedSettlement.verifyProposal(signed, root, issuer);
        Between between = proposal.between();
        if (!between.payer().equals(self)) {
            throw new RefutedException("the proposal is to " + between.payer() + ", not to " + self);
        }
        requireTime(between.quarter());
        Optional<Settled> kept = documents.newest(issuer, self, between.quarter());
        int newest = kept.map(each -> each.proposal().between().revision()).orElse(0);
        if (between.revision() < newest) {
            throw new RefutedException("revision " + between.revision() + " of " + between.quarter()
                    + " is older than revision " + newest + ", which was answered; propose a later one");
        }
        if (between.revision() == newest) {
            return kept.filter(each -> Arrays.equals(each.signed(), signed))
                    .flatMap(Settled::signedAnswer)
                    .orElseThrow(() -> new RefutedException("another proposal was answered as revision " + newest
                            + " of " + between.quarter() + "; propose a later one"));
        }
        byte[] answer = signer.sign(answer(proposal, SignedSettlement.hash(signed)));
        documents.putAnswered(between, signed, answer);
        return answer;
    }

    private Answer answer(Proposal proposal, Hash hash) {
        Between between = proposal.between();
        Scope issuer = root.requireMember(between.issuer()).scope();
        Map<String, String> trialNames = records.trialNames();
        List<Proposal> ofOtherQuarters = documents
                .newest(of -> of.issuer().equals(between.issuer())
                        && of.payer().equals(self)
                        && !of.quarter().equals(between.quarter()))
                .stream()
                .map(Settled::proposal)
                .toList();
        Matching matching = Matching.of(
                proposal.lines(),
                ReceivedInvoices.beside(proposal, records, issuer, trialNames, ofOtherQuarters),
                trialNames);
        List<Exchange> earlier = documents.revisions(between.issuer(), self, between.quarter()).stream()
                .flatMap(each -> each.exchange().stream())
                .toList();
        return Answer.to(proposal, hash, matching, root.version(), k, earlier);
    }

    private void requireIssuer(String issuer) {
        if (root.members().stream().noneMatch(member -> member.node().equals(issuer) && Places.settles(member))) {
            throw new RefutedException(issuer + " speaks for no region, and nobody owes it anything for care");
        }
    }

    private void requireTime(Period quarter) {
        requireEnded(quarter, clock);
        LocalDate oldest = today(clock).minusMonths((long) MAX_QUARTERS_BACK * MONTHS_OF_QUARTER);
        if (quarter.lastDay().isBefore(oldest)) {
            throw new RefutedException(quarter + " is more than " + MAX_QUARTERS_BACK + " quarters ago");
        }
    }

    /**
     * Verifies that a quarter is over.
     *
     * @throws RefutedException if it is not
     */
    static void requireEnded(Period quarter, InstantSource clock) {
        if (!quarter.lastDay().isBefore(today(clock))) {
            throw new RefutedException(
                    quarter + " has not ended; a quarter is settled from the day after " + quarter.lastDay() + " on");
        }
    }

    private static LocalDate today(InstantSource clock) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
