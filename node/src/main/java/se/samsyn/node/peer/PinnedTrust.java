package se.samsyn.node.peer;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import se.samsyn.node.key.TlsIdentity;
import se.samsyn.protocol.Hash;

/**
 * Trusts exactly the TLS keys that the federation root pins. Names, issuers and dates in the certificate mean nothing: the handshake
 * proves the key, the root says whose it is.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
    private final Supplier<Set<Hash>> pins;

    PinnedTrust(Supplier<Set<Hash>> pins) {
        this.pins = pins;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("the peer showed no TLS certificate");
        }
        Hash pin = TlsIdentity.pinOf(chain[0]);
        if (!pins.get().contains(pin)) {
            throw new CertificateException("TLS key " + pin.toBase64()
                    + " is not the one that the federation root pins for this peer; compare with its `tls` line");
        }
    }
}
