package se.samsyn.protocol.note;

import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;

/** What lies under a key type: how keys of an algorithm are decoded, and how they sign bytes as they are. */
enum SignatureAlgorithm {
    ED25519 {
        @Override
        PublicHalf enrol(byte[] publicKey) {
            return StrictEd25519.enrol(publicKey)::verify;
        }

        @Override
        PrivateHalf open(byte[] seed) {
            if (seed.length != StrictEd25519.SEED_LENGTH) {
                throw new MalformedException(
                        "an Ed25519 private key has " + StrictEd25519.SEED_LENGTH + " bytes, not " + seed.length);
            }
            byte[] secret = seed.clone();
            byte[] publicKey = new byte[StrictEd25519.PUBLIC_KEY_LENGTH];
            Ed25519.generatePublicKey(secret, 0, publicKey, 0);
            return new PrivateHalf(publicKey, message -> {
                byte[] signature = new byte[StrictEd25519.SIGNATURE_LENGTH];
                Ed25519.sign(secret, 0, publicKey, 0, message, 0, message.length, signature, 0);
                return signature;
            });
        }
    },

    ML_DSA_44 {
        @Override
        PublicHalf enrol(byte[] publicKey) {
            MLDSAPublicKeyParameters key = MlDsa44.enrol(publicKey);
            return (message, signature) -> MlDsa44.verify(key, message, signature);
        }

        @Override
        PrivateHalf open(byte[] seed) {
            MLDSAPrivateKeyParameters key = MlDsa44.open(seed);
            return new PrivateHalf(key.getPublicKey(), message -> MlDsa44.sign(key, message));
        }
    };

    /** A public key, decoded once for many verifications. */
    interface PublicHalf {
        /**
         * Verifies a signature over bytes as they are.
         *
         * @throws RefutedException if it is not this key's
         */
        void verify(byte[] message, byte[] signature);
    }

    /** How a private key signs. */
    interface Signing {
        byte[] sign(byte[] message);
    }

    /** A private key: its public key, and how it signs. Nothing gives the secret back. */
    record PrivateHalf(byte[] publicKey, Signing signing) {}

    /**
     * Decodes a public key.
     *
     * @throws MalformedException if the bytes are none that may be enrolled
     */
    abstract PublicHalf enrol(byte[] publicKey);

    /**
     * Takes a private key.
     *
     * @param seed 32 bytes
     * @throws MalformedException if there are not 32 bytes
     */
    abstract PrivateHalf open(byte[] seed);
}
