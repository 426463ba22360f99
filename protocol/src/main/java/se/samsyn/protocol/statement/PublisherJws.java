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
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.root.RootInForce;
import se.samsyn.protocol.tlog.MerkleTree;

/**
 * A compact JWS (RFC 7515) with EdDSA by a member's publisher key, of one type: what is signed as one type never passes for another.
 *
 * <p>The header has one spelling and the key comes from the federation root, never from what is read: there is no algorithm to choose.
 */
public final class PublisherJws {
    private static final String BEFORE_KEY = "{\"alg\":\"EdDSA\",\"kid\":\"";
    private static final int PARTS = 3;

    private final String what;
    private final int maxLength;
    private final String afterKey;
    private final Pattern header;

    /**
     * Makes the envelope of a type.
     *
     * @param what it is called where it is refused
     * @param type the header's {@code typ}
     * @param maxLength in bytes, of the whole
     */
    public PublisherJws(String what, String type, int maxLength) {
        this.what = what;
        this.maxLength = maxLength;
        this.afterKey = "\",\"typ\":\"" + type + "\"}";
        this.header = Pattern.compile(Pattern.quote(BEFORE_KEY) + "([^\"\\\\]+)" + Pattern.quote(afterKey));
    }

    /**
     * Signs a payload.
     *
     * @param publisher one of the node's publisher keys
     * @throws MalformedException if it would be longer than is allowed
     * @throws IllegalArgumentException if the key is not named as a publisher key of the node
     */
    public byte[] sign(byte[] payload, String node, SigningKey publisher) {
        VerifierKey key = publisher.verifierKey();
        if (!key.name().equals(node + "/publisher") || key.type() != KeyType.ED25519) {
            throw new IllegalArgumentException(key.ref() + " is no publisher key of " + node);
        }
        String signed = CanonicalBase64.encodeUrl(ascii(header(key.ref()))) + "." + CanonicalBase64.encodeUrl(payload);
        String signature = CanonicalBase64.encodeUrl(publisher.sign(ascii(signed)));
        byte[] jws = ascii(signed + "." + signature);
        checkLength(jws);
        return jws;
    }

    /**
     * Verifies the envelope alone, whatever is in it.
     *
     * @param index of the entry in the log, from zero; {@link Long#MAX_VALUE} for what is in none, where an ended key's word does not count
     * @throws MalformedException if it is no such envelope
     * @throws RefutedException if it is not by a publisher key of that member that counts at that position
     */
    public SignedPayload open(byte[] jws, RootInForce inForce, String node, long index) {
        checkLength(jws);
        String[] parts = parts(jws);
        Member member = inForce.root().requireMember(node);
        VerifierKey key = publisher(CanonicalBase64.decodeUrl(parts[0]), member);
        byte[] payload = CanonicalBase64.decodeUrl(parts[1]);
        byte[] signature = CanonicalBase64.decodeUrl(parts[2]);
        verifySignature(key, ascii(parts[0] + "." + parts[1]), signature);
        if (inForce.ends().stream().anyMatch(end -> end.endsEntry(key, member.origin(), index))) {
            throw new RefutedException("the federation root ends " + key.ref() + " before this " + what);
        }
        return new SignedPayload(key, payload, MerkleTree.leafHash(jws));
    }

    /** What it says, whoever signed it. */
    public byte[] unverified(byte[] jws) {
        checkLength(jws);
        return CanonicalBase64.decodeUrl(parts(jws)[1]);
    }

    private String[] parts(byte[] jws) {
        String[] parts = new String(jws, StandardCharsets.ISO_8859_1).split("\\.", PARTS + 1);
        if (parts.length != PARTS) {
            throw new MalformedException(what + " is not a compact JWS: expected three parts with dots between");
        }
        return parts;
    }

    /** The key that the header names, if the header is exactly as {@link #sign} writes it. */
    private VerifierKey publisher(byte[] bytes, Member member) {
        Matcher fields = header.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
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

    private String header(String key) {
        return BEFORE_KEY + key + afterKey;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void checkLength(byte[] jws) {
        if (jws.length > maxLength) {
            throw new MalformedException(what + " has " + jws.length + " bytes, expected at most " + maxLength);
        }
    }
}
