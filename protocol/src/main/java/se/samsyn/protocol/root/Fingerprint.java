package se.samsyn.protocol.root;

import java.math.BigInteger;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.Utf8;
import se.samsyn.protocol.note.VerifierKey;

/**
 * A number for people to compare by voice: decimal digits in groups of four, as digits are the least mistaken of all
 * signs over a telephone, in any language.
 *
 * <p>It is the SHA-256, read as a number, modulo a power of ten. A version of the root has 48 digits (159 bits), since
 * whoever writes it could prepare two texts with one fingerprint, for which half of the bits count. A key has 32 (106
 * bits): who owns two keys with one fingerprint gains nothing, so others must hit a given one, for which all count.
 */
public record Fingerprint(String digits) {
    /** Digits of a root's fingerprint. */
    public static final int ROOT_LENGTH = 48;
    /** Digits of a key's fingerprint. */
    public static final int KEY_LENGTH = 32;

    private static final int GROUP = 4;

    /** The fingerprint of a version of the root, from the hash of its text. */
    public static Fingerprint ofRoot(Hash root) {
        return of(root, ROOT_LENGTH);
    }

    /** The fingerprint of a key with its name and type. */
    public static Fingerprint ofKey(VerifierKey key) {
        return of(Hash.sha256(Utf8.encode(key.encode())), KEY_LENGTH);
    }

    private static Fingerprint of(Hash hash, int length) {
        BigInteger number = new BigInteger(1, hash.toByteArray()).mod(BigInteger.TEN.pow(length));
        return new Fingerprint(String.format(Locale.ROOT, "%0" + length + "d", number));
    }

    /** The digits with a space after each group of four. */
    @Override
    public String toString() {
        return IntStream.range(0, digits.length() / GROUP)
                .mapToObj(group -> digits.substring(group * GROUP, (group + 1) * GROUP))
                .collect(Collectors.joining(" "));
    }
}
