package se.samsyn.node.peer;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.key.TlsIdentity;
import se.samsyn.protocol.Hash;

/** TLS 1.3 between nodes, both ends authenticated by keys that the federation root pins. */
public final class PeerTls {
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3");
    private static final int HANDSHAKE_TIMEOUT_SECONDS = 10;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int IDLE_TIMEOUT_SECONDS = 60;

    private final TlsIdentity identity;

    public PeerTls(TlsIdentity identity) {
        this.identity = identity;
    }

    /** Options of the peer listener, which takes connections from the holders of the pinned keys only. */
    public HttpServerOptions serverOptions(Supplier<Set<Hash>> pins) {
        return new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setKeyCertOptions(KeyCertOptions.wrap(new OwnKey(identity)))
                .setTrustOptions(TrustOptions.wrap(new PinnedTrust(pins)))
                .setClientAuth(ClientAuth.REQUIRED)
                .setSslHandshakeTimeout(HANDSHAKE_TIMEOUT_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(IDLE_TIMEOUT_SECONDS);
    }

    /** Options of a client that talks to the one peer which holds one of the pinned keys. */
    HttpClientOptions clientOptions(Supplier<Set<Hash>> pins) {
        return new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setKeyCertOptions(KeyCertOptions.wrap(new OwnKey(identity)))
                .setTrustOptions(TrustOptions.wrap(new PinnedTrust(pins)))
                // the pin says who it is; names in certificates say nothing
                .setVerifyHost(false)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setIdleTimeout(IDLE_TIMEOUT_SECONDS);
    }

    /** Shows the node's one TLS key, whatever it is asked for. */
    private static final class OwnKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "tls";

        private final TlsIdentity identity;

        OwnKey(TlsIdentity identity) {
            this.identity = identity;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return keyType.equals("EC") ? ALIAS : null;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return keyType.equals("EC") ? ALIAS : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {identity.certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.privateKey();
        }
    }
}
