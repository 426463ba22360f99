package se.samsyn.protocol.note;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** The JDK's verdict on Ed25519 signatures: an oracle that shares no code with Bouncy Castle. */
final class JdkEd25519 {
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private JdkEd25519() {}

    static boolean accepts(byte[] publicKey, byte[] message, byte[] signature) throws GeneralSecurityException {
        byte[] spki = new byte[SPKI_PREFIX.length + publicKey.length];
        System.arraycopy(SPKI_PREFIX, 0, spki, 0, SPKI_PREFIX.length);
        System.arraycopy(publicKey, 0, spki, SPKI_PREFIX.length, publicKey.length);
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
        verifier.update(message);
        try {
            return verifier.verify(signature);
        } catch (SignatureException e) { // how the JDK refuses some lengths and encodings
            return false;
        }
    }
}
