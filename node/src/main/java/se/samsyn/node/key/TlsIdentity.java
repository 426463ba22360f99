package se.samsyn.node.key;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import se.samsyn.protocol.Hash;

/** A node's TLS key with its self-signed certificate; peers know it by the pin in the federation root. */
public record TlsIdentity(PrivateKey privateKey, X509Certificate certificate) {
    /** The SHA-256 of the certificate's SubjectPublicKeyInfo. */
    public Hash pin() {
        return pinOf(certificate);
    }

    /** The SHA-256 of a certificate's SubjectPublicKeyInfo. */
    public static Hash pinOf(X509Certificate certificate) {
        return Hash.sha256(certificate.getPublicKey().getEncoded());
    }

    @Override
    public String toString() {
        return "TlsIdentity[" + pin().toBase64() + "]";
    }
}
