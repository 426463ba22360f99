package se.samsyn.protocol.note;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.Utf8;

/** A signature type of C2SP signed-note: how a key of this type signs a note's text. */
public enum KeyType {
    /** 0x01, of logs, roots and publishers: 64 bytes of Ed25519 over the text. */
    ED25519(0x01, StrictEd25519.SIGNATURE_LENGTH) {
        @Override
        long verify(VerifierKey key, String text, byte[] blob) {
            key.verify(Utf8.encode(text), blob);
            return 0;
        }
    },

    /** 0x04, of witnesses: cosignature/v1, a time (u64, big-endian, seconds) and 64 bytes of Ed25519 over both. */
    COSIGNATURE(0x04, Long.BYTES + StrictEd25519.SIGNATURE_LENGTH) {
        @Override
        long verify(VerifierKey key, String text, byte[] blob) {
            long time = ByteBuffer.wrap(blob).getLong();
            if (time < 1) { // what is above 2^63-1 reads as negative
                throw new RefutedException("cosignature of " + key.ref() + " has time " + Long.toUnsignedString(time)
                        + ", expected 1 to 2^63-1");
            }
            key.verify(CosignedMessage.encode(time, text), Arrays.copyOfRange(blob, Long.BYTES, blob.length));
            return time;
        }
    };

    private static final byte ML_DSA_44 = 0x06;

    private final byte code;
    private final int blobLength;

    KeyType(int code, int blobLength) {
        this.code = (byte) code;
        this.blobLength = blobLength;
    }

    /** The byte that stands before the public key in a verifier key. */
    public byte code() {
        return code;
    }

    /** Bytes of a signature after the key ID. */
    public int blobLength() {
        return blobLength;
    }

    /**
     * Verifies a signature of this type.
     *
     * @return the time in the signature, in seconds since 1970; 0 if this type has none
     * @throws RefutedException if it is not by this key over this text
     */
    abstract long verify(VerifierKey key, String text, byte[] blob);

    static KeyType of(byte code) {
        for (KeyType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new MalformedException("key type 0x" + HexFormat.of().toHexDigits(code)
                + " is not supported, expected 0x01 (Ed25519) or 0x04 (cosignature/v1)"
                + (code == ML_DSA_44 ? "; 0x06 (ML-DSA-44) is not supported yet" : ""));
    }
}
