package se.samsyn.protocol.note;

import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;

/**
 * ML-DSA-44 (FIPS 204) in its pure form with the empty context; no other parameter set, and not HashML-DSA.
 *
 * <p>Signing is deterministic (FIPS 204, 3.4), so that one text has one signature by a key. A private key is its
 * 32-byte seed, as libraries differ in how they write the expanded one.
 */
final class MlDsa44 {
    /** Bytes of a public key. */
    static final int PUBLIC_KEY_LENGTH = 1312;
    /** Bytes of a private key (the seed ξ of FIPS 204, algorithm 1). */
    static final int SEED_LENGTH = 32;
    /** Bytes of a signature. */
    static final int SIGNATURE_LENGTH = 2420;

    private MlDsa44() {}

    /**
     * Decodes a public key; any 1312 bytes are one.
     *
     * @throws MalformedException if there are not 1312
     */
    static MLDSAPublicKeyParameters enrol(byte[] publicKey) {
        if (publicKey.length != PUBLIC_KEY_LENGTH) {
            throw new MalformedException(
                    "an ML-DSA-44 public key has " + PUBLIC_KEY_LENGTH + " bytes, not " + publicKey.length);
        }
        return new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_44, publicKey);
    }

    static void verify(MLDSAPublicKeyParameters publicKey, byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH) {
            throw new RefutedException(
                    "an ML-DSA-44 signature has " + SIGNATURE_LENGTH + " bytes, not " + signature.length);
        }
        MLDSASigner signer = new MLDSASigner();
        signer.init(false, publicKey);
        signer.update(message, 0, message.length);
        if (!signer.verifySignature(signature)) {
            throw new RefutedException("the ML-DSA-44 signature is not by this key over these bytes");
        }
    }

    /**
     * Expands a private key.
     *
     * @throws MalformedException if there are not 32 bytes
     */
    static MLDSAPrivateKeyParameters open(byte[] seed) {
        if (seed.length != SEED_LENGTH) {
            throw new MalformedException(
                    "an ML-DSA-44 private key has a seed of " + SEED_LENGTH + " bytes, not " + seed.length);
        }
        return new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, seed);
    }

    static byte[] sign(MLDSAPrivateKeyParameters privateKey, byte[] message) {
        MLDSASigner signer = new MLDSASigner();
        signer.init(true, privateKey); // without a source of randomness: deterministic
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("a good ML-DSA-44 key signs everything", e);
        }
    }
}
