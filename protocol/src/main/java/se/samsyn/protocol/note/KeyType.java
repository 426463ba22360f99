package se.samsyn.protocol.note;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.Utf8;
import se.samsyn.protocol.tlog.Checkpoint;

/** A signature type of C2SP signed-note: how a key of this type signs a note's text. */
public enum KeyType {
    /** 0x01, of logs, roots and publishers: 64 bytes of Ed25519 over the text. */
    ED25519(0x01, SignatureAlgorithm.ED25519, StrictEd25519.SIGNATURE_LENGTH) {
        @Override
        long verify(VerifierKey key, String text, byte[] blob) {
            key.verify(Utf8.encode(text), blob);
            return 0;
        }
    },

    /** 0x04, of witnesses: cosignature/v1, a time (u64, big-endian, seconds) and 64 bytes of Ed25519 over both. */
    COSIGNATURE(0x04, SignatureAlgorithm.ED25519, Long.BYTES + StrictEd25519.SIGNATURE_LENGTH) {
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
    },

    /**
     * 0x06, of logs: a time (u64, big-endian, seconds; 0 in a log's own signature) and 2420 bytes of ML-DSA-44 over
     * the key's name, the time and the checkpoint.
     */
    ML_DSA_44(0x06, SignatureAlgorithm.ML_DSA_44, Long.BYTES + MlDsa44.SIGNATURE_LENGTH) {
        @Override
        long verify(VerifierKey key, String text, byte[] blob) {
            long time = ByteBuffer.wrap(blob).getLong();
            if (time < 0) {
                throw new RefutedException("signature of " + key.ref() + " has time " + Long.toUnsignedString(time)
                        + ", expected 0 to 2^63-1");
            }
            byte[] signature = Arrays.copyOfRange(blob, Long.BYTES, blob.length);
            key.verify(SubtreeMessage.encode(key.name(), time, checkpoint(key, text)), signature);
            return time;
        }

        private static Checkpoint checkpoint(VerifierKey key, String text) {
            try {
                return Checkpoint.parse(text);
            } catch (MalformedException e) {
                throw new RefutedException(
                        "a key of type 0x06 such as " + key.ref() + " signs checkpoints only: " + e.getMessage());
            }
        }
    };

    private final byte code;
    private final SignatureAlgorithm algorithm;
    private final int blobLength;

    KeyType(int code, SignatureAlgorithm algorithm, int blobLength) {
        this.code = (byte) code;
        this.algorithm = algorithm;
        this.blobLength = blobLength;
    }

    /** The byte that stands before the public key in a verifier key. */
    public byte code() {
        return code;
    }

    SignatureAlgorithm algorithm() {
        return algorithm;
    }

    /** The code as people write it, for example {@code 0x01}. */
    public String hexCode() {
        return "0x" + HexFormat.of().toHexDigits(code);
    }

    /** Bytes of a signature after the key ID. */
    public int blobLength() {
        return blobLength;
    }

    /**
     * Verifies a signature of this type.
     *
     * @return the time in the signature, in seconds since 1970; 0 if it has none
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
                + " is not supported, expected 0x01 (Ed25519), 0x04 (cosignature/v1) or 0x06 (ML-DSA-44)");
    }
}
