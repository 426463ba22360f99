package se.samsyn.protocol.statement;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import se.samsyn.protocol.CanonicalBase64;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.root.RootInForce;
import se.samsyn.protocol.tlog.EntryBundle;
import se.samsyn.protocol.tlog.MerkleTree;

/**
 * The envelope of a log entry: a compact JWS (RFC 7515) with EdDSA by a publisher key over a statement's canonical
 * JSON.
 *
 * <p>Its header has one spelling and its key comes from the federation root, never from the entry: there is no
 * algorithm to choose.
 */
public final class SignedStatement {
    /** The longest entry in bytes. */
    public static final int MAX_LENGTH = EntryBundle.MAX_ENTRY_LENGTH;

    private static final String BEFORE_KEY = "{\"alg\":\"EdDSA\",\"kid\":\"";
    private static final String AFTER_KEY = "\",\"typ\":\"fed-statement+jws\"}";
    private static final Pattern HEADER =
            Pattern.compile(Pattern.quote(BEFORE_KEY) + "([^\"\\\\]+)" + Pattern.quote(AFTER_KEY));
    private static final int PARTS = 3;

    private SignedStatement() {}

    /**
     * Signs a statement.
     *
     * @param publisher one of the node's publisher keys
     * @return the entry
     * @throws MalformedException if the entry would be longer than {@link #MAX_LENGTH}
     * @throws IllegalArgumentException if the key is not named as a publisher key of the statement's node
     */
    public static byte[] sign(Statement statement, SigningKey publisher) {
        VerifierKey key = publisher.verifierKey();
        if (!key.name().equals(statement.node() + "/publisher") || key.type() != KeyType.ED25519) {
            throw new IllegalArgumentException(key.ref() + " is no publisher key of " + statement.node());
        }
        String signed = CanonicalBase64.encodeUrl(ascii(header(key.ref()))) + "."
                + CanonicalBase64.encodeUrl(statement.encode());
        String signature = CanonicalBase64.encodeUrl(publisher.sign(ascii(signed)));
        byte[] entry = ascii(signed + "." + signature);
        checkLength(entry);
        return entry;
    }

    /**
     * Verifies an entry that is in no log yet: an ended key's word does not count for it.
     *
     * @see #verify(byte[], FederationRoot, String, long)
     */
    public static VerifiedStatement verify(byte[] entry, FederationRoot root, String node) {
        return verify(entry, root, node, Long.MAX_VALUE);
    }

    /**
     * Verifies an entry of a member's log.
     *
     * @param node the member
     * @param index of the entry in the log, from zero
     * @throws MalformedException if it is no such envelope, or its payload no statement in canonical JSON
     * @throws RefutedException if it is not by a publisher key of that member that may sign this, of another node,
     *     under a version of the root that is not known yet or is another, or of a dataset that the network did not
     *     agree on
     */
    public static VerifiedStatement verify(byte[] entry, FederationRoot root, String node, long index) {
        return verify(entry, RootInForce.newest(root), node, index);
    }

    /**
     * As {@link #verify(byte[], FederationRoot, String, long)}, by the version that counts at that position.
     *
     * @param inForce as {@link se.samsyn.protocol.root.LogRoots#forEntry} gives it
     */
    public static VerifiedStatement verify(byte[] entry, RootInForce inForce, String node, long index) {
        SignedPayload signed = open(entry, inForce, node, index);
        Statement statement = Statement.parse(signed.payload());
        checkClaims(statement, inForce.root(), node, signed.publisher());
        return new VerifiedStatement(statement, signed.publisher(), signed.leafHash());
    }

    /** What an entry says, whoever signed it. */
    public static Statement unverified(byte[] entry) {
        checkLength(entry);
        return Statement.parse(CanonicalBase64.decodeUrl(parts(entry)[1]));
    }

    /**
     * Verifies the envelope alone, whatever is in it.
     *
     * @throws MalformedException if it is no such envelope
     * @throws RefutedException if it is not by a publisher key of that member that counts at that position
     */
    public static SignedPayload open(byte[] entry, RootInForce inForce, String node, long index) {
        checkLength(entry);
        String[] parts = parts(entry);
        Member member = inForce.root().requireMember(node);
        VerifierKey key = publisher(CanonicalBase64.decodeUrl(parts[0]), member);
        byte[] payload = CanonicalBase64.decodeUrl(parts[1]);
        byte[] signature = CanonicalBase64.decodeUrl(parts[2]);
        verifySignature(key, ascii(parts[0] + "." + parts[1]), signature);
        if (inForce.ends().stream().anyMatch(end -> end.endsEntry(key, member.origin(), index))) {
            throw new RefutedException("the federation root ends " + key.ref() + " before this entry");
        }
        return new SignedPayload(key, payload, MerkleTree.leafHash(entry));
    }

    private static String[] parts(byte[] entry) {
        String[] parts = new String(entry, StandardCharsets.ISO_8859_1).split("\\.", PARTS + 1);
        if (parts.length != PARTS) {
            throw new MalformedException("entry is not a compact JWS: expected three parts with dots between");
        }
        return parts;
    }

    /** The key that the header names, if the header is exactly as {@link #sign} writes it. */
    private static VerifierKey publisher(byte[] header, Member member) {
        Matcher fields = HEADER.matcher(new String(header, StandardCharsets.ISO_8859_1));
        if (!fields.matches()) {
            throw new MalformedException("JWS header is not exactly " + header("<publisher key>"));
        }
        return member.publishers().stream()
                .filter(key -> key.ref().equals(fields.group(1)))
                .findFirst()
                .orElseThrow(() -> new RefutedException(
                        "JWS is by " + fields.group(1) + ", which is no publisher key of " + member.node()));
    }

    private static void verifySignature(VerifierKey key, byte[] message, byte[] signature) {
        try {
            key.verify(message, signature);
        } catch (RefutedException e) {
            throw new RefutedException("JWS of " + key.ref() + ": " + e.getMessage());
        }
    }

    /**
     * Verifies what a statement says of itself.
     *
     * @param root the version that counts at its position
     * @param key that signed it
     * @throws RefutedException as {@link #verify(byte[], FederationRoot, String, long)} says
     */
    public static void checkClaims(Statement statement, FederationRoot root, String node, VerifierKey key) {
        if (!statement.node().equals(node)) {
            throw new RefutedException("statement is of node " + statement.node() + ", expected " + node);
        }
        if (statement.root() > root.version()) {
            throw new RefutedException("statement is under version " + statement.root()
                    + " of the federation root, which is at version " + root.version());
        }
        if (statement instanceof RootAccepted accepted
                && accepted.root() == root.version()
                && !accepted.hash().equals(root.hash())) {
            throw new RefutedException("statement accepts a version " + root.version()
                    + " of the federation root with SHA-256 " + accepted.hash() + ", expected " + root.hash());
        }
        if (!root.maySign(key, statement.kind())) {
            throw new RefutedException(key.ref() + " may not sign statements of kind " + statement.kind());
        }
        if (statement instanceof SummaryStatement summary
                && !root.authorises(summary.dataset(), summary.definition())) {
            throw new RefutedException("the federation root has no dataset " + summary.dataset() + " with definition "
                    + summary.definition());
        }
    }

    private static String header(String key) {
        return BEFORE_KEY + key + AFTER_KEY;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void checkLength(byte[] entry) {
        if (entry.length > MAX_LENGTH) {
            throw new MalformedException("entry has " + entry.length + " bytes, expected at most " + MAX_LENGTH);
        }
    }
}
