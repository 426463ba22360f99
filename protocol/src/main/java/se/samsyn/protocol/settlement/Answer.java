package se.samsyn.protocol.settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;

/**
 * What a payer says to a proposal, line by line. With the payer's signature it countersigns the proposal that it names by its hash: what
 * both agree on, and on what they do not, follows from the two documents.
 *
 * @param proposal SHA-256 of the signed proposal
 * @param outcomes one a line of the proposal, in its order
 * @param unknownToIssuer what the payer holds that is in no line, in the order of the keys
 * @param tells the outcomes whose totals both tell the others from now on, see {@link Agreement#publishable}; empty where that would tell
 *     too much beside an earlier revision, or nothing where that one told something: then what was told before stays
 */
public record Answer(
        Between between,
        Hash proposal,
        List<LineOutcome> outcomes,
        List<ReceivedInvoice> unknownToIssuer,
        Optional<List<Outcome>> tells) {
    public Answer {
        tells = tells.map(List::copyOf);
        outcomes = List.copyOf(outcomes);
        unknownToIssuer = List.copyOf(unknownToIssuer);
        if (outcomes.size() > Proposal.MAX_LINES || unknownToIssuer.size() > Proposal.MAX_LINES) {
            throw new MalformedException("an answer has at most " + Proposal.MAX_LINES + " outcomes, not "
                    + outcomes.size() + ", and as many invoices unknown to the issuer, not " + unknownToIssuer.size());
        }
        for (int i = 1; i < unknownToIssuer.size(); i++) {
            if (unknownToIssuer
                            .get(i - 1)
                            .key()
                            .compareTo(unknownToIssuer.get(i).key())
                    > 0) {
                throw new MalformedException("/unknownToIssuer/" + i + ": invoices are in the order of their keys");
            }
        }
    }

    /**
     * The payer's answer to a signed proposal.
     *
     * @param root version of the federation root that the payer has accepted
     * @param k the payer's floor
     * @param earlier all earlier exchanges of the two about the quarter
     */
    public static Answer to(
            Proposal proposal, Hash signed, Matching matching, long root, int k, List<Exchange> earlier) {
        Answer silent = new Answer(
                proposal.between().signedUnder(root, k),
                signed,
                matching.outcomes(),
                matching.unknownToIssuer(),
                Optional.empty());
        Agreement agreement = Agreement.of(proposal, signed, silent);
        List<Exchange> told = new ArrayList<>();
        earlier.stream().filter(before -> before.answer().tells().isPresent()).forEach(told::add);
        boolean wouldOnlyWithhold =
                agreement.publishable().isEmpty() && !agreement.totals().isEmpty();
        if (wouldOnlyWithhold && !told.isEmpty()) {
            return silent;
        }
        Answer telling = silent.telling(agreement.publishable());
        told.add(new Exchange(proposal, telling));
        return new Differencing(told, agreement.k()).isSafe() ? telling : silent;
    }

    Answer telling(List<Outcome> told) {
        return new Answer(between, proposal, outcomes, unknownToIssuer, Optional.of(told));
    }

    /**
     * Verifies that this answers a proposal.
     *
     * @param signed SHA-256 of the signed proposal
     * @throws RefutedException if it is of another one, or says what does not fit
     */
    public void checkAnswers(Proposal asked, Hash signed) {
        if (!proposal.equals(signed) || !between.isSame(asked.between())) {
            throw new RefutedException("the answer is to proposal " + proposal + ", not to " + signed);
        }
        if (outcomes.size() != asked.lines().size()) {
            throw new RefutedException("the answer has " + outcomes.size() + " outcomes, expected one for each of "
                    + asked.lines().size() + " lines");
        }
        for (int i = 0; i < outcomes.size(); i++) {
            long amount = asked.lines().get(i).amountOre();
            if (outcomes.get(i).payerAmountOre().orElse(0) == amount) {
                throw new RefutedException("/outcomes/" + i + ": the amounts do not differ");
            }
        }
    }

    /** The payload: canonical JSON. */
    public byte[] encode() {
        return SettlementJson.encode(this);
    }

    /**
     * Reads a payload.
     *
     * @throws MalformedException if it is not what {@link #encode} writes
     */
    public static Answer parse(byte[] payload) {
        return SettlementJson.answer(payload);
    }
}
