package se.samsyn.protocol.settlement;

import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootInForce;
import se.samsyn.protocol.statement.PublisherJws;

/**
 * The envelope of a proposal or an answer: a compact JWS by a publisher key of whoever says it, of a type of its own, so that it is never
 * taken for an entry of a log, nor an entry for it.
 */
public final class SignedSettlement {
    /** The longest signed document in bytes. */
    public static final int MAX_LENGTH = 8 << 20;

    private static final PublisherJws JWS = new PublisherJws("settlement document", "fed-settlement+jws", MAX_LENGTH);

    private SignedSettlement() {}

    /**
     * Signs a proposal as its issuer.
     *
     * @throws MalformedException if it would be longer than {@link #MAX_LENGTH}
     */
    public static byte[] sign(Proposal proposal, SigningKey publisher) {
        return JWS.sign(proposal.encode(), proposal.between().issuer(), publisher);
    }

    /**
     * Signs an answer as its payer.
     *
     * @throws MalformedException if it would be longer than {@link #MAX_LENGTH}
     */
    public static byte[] sign(Answer answer, SigningKey publisher) {
        return JWS.sign(answer.encode(), answer.between().payer(), publisher);
    }

    /** By what an answer names a signed proposal: the SHA-256 of all its bytes. */
    public static Hash hash(byte[] signed) {
        return Hash.sha256(signed);
    }

    /**
     * Verifies a proposal.
     *
     * @param root the newest version
     * @param issuer the member that it must be of
     * @throws MalformedException if it is no such envelope, or its payload no proposal in canonical JSON
     * @throws RefutedException if it is not by a publisher key of that member, or of another, or asks for what is not theirs
     */
    public static Proposal verifyProposal(byte[] signed, FederationRoot root, String issuer) {
        Proposal proposal = Proposal.parse(open(signed, root, issuer));
        Between between = proposal.between();
        if (!between.issuer().equals(issuer)) {
            throw new RefutedException("the proposal is of " + between.issuer() + ", expected " + issuer);
        }
        checkRoot(between, root);
        proposal.checkScopes(
                root.requireMember(issuer).scope(),
                root.requireMember(between.payer()).scope());
        return proposal;
    }

    /**
     * Verifies the answer to a proposal.
     *
     * @param root the newest version
     * @param asked the proposal
     * @param hash its {@link #hash}
     * @throws MalformedException if it is no such envelope, or its payload no answer in canonical JSON
     * @throws RefutedException if it is not by a publisher key of the payer, or answers something else
     */
    public static Answer verifyAnswer(byte[] signed, FederationRoot root, Proposal asked, Hash hash) {
        Answer answer = Answer.parse(open(signed, root, asked.between().payer()));
        checkRoot(answer.between(), root);
        // says whether it answers this proposal, and whether it tells what may be told
        Agreement.of(asked, hash, answer);
        return answer;
    }

    /** What a signed document says that was verified when it came; its key may have been replaced since. */
    public static byte[] payload(byte[] signed) {
        return JWS.unverified(signed);
    }

    private static byte[] open(byte[] signed, FederationRoot root, String node) {
        return JWS.open(signed, RootInForce.newest(root), node, Long.MAX_VALUE).payload();
    }

    private static void checkRoot(Between between, FederationRoot root) {
        if (between.root() > root.version()) {
            throw new RefutedException("settlement document is under version " + between.root()
                    + " of the federation root, which is at version " + root.version() + " here");
        }
    }
}
