package se.samsyn.node.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Self-signed certificates: containers for keys that are trusted by their pin, never by what the certificate says. */
final class SelfSigned {
    // A pin is revoked by a new federation root, not by a certificate's end.
    private static final Duration VALIDITY = Duration.ofDays(365L * 50);
    private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);
    private static final int SERIAL_BITS = 127;

    private SelfSigned() {}

    static X509Certificate certificate(KeyPair pair, String name, Instant now) throws GeneralSecurityException {
        var subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
        var builder = new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(SERIAL_BITS, new SecureRandom()),
                Date.from(now.minus(CLOCK_TOLERANCE)),
                Date.from(now.plus(VALIDITY)),
                subject,
                pair.getPublic());
        String algorithm = pair.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519";
        try {
            var signer = new JcaContentSignerBuilder(algorithm).build(pair.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("cannot sign a certificate for " + name, e);
        }
    }
}
