package se.samsyn.node.peer;

import io.vertx.core.Vertx;
import io.vertx.core.http.PoolOptions;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import se.samsyn.node.key.TlsIdentity;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;

/** The other members, as the federation root lists them: a client for each, and whose TLS key is whose. */
public final class Peers implements AutoCloseable {
    private static final int CONNECTIONS = 4;

    private final Map<String, PeerClient> clients = new TreeMap<>();
    private final Map<Hash, String> nodeByPin = new TreeMap<>();

    /** Makes clients for all members but the node itself, over HTTP. */
    public Peers(Vertx vertx, PeerTls tls, FederationRoot root, String self) {
        this(root, self, member -> overHttp(vertx, tls, member));
    }

    /**
     * Makes clients for all members but the node itself.
     *
     * @param client makes one
     */
    public Peers(FederationRoot root, String self, Function<Member, PeerClient> client) {
        root.observers().forEach(o -> o.tlsPins().forEach(pin -> nodeByPin.put(pin, o.node())));
        for (Member member : root.members()) {
            member.tlsPins().forEach(pin -> nodeByPin.put(pin, member.node()));
            if (!member.node().equals(self)) {
                clients.put(member.node(), client.apply(member));
            }
        }
    }

    private static PeerClient overHttp(Vertx vertx, PeerTls tls, Member member) {
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS).setHttp2MaxSize(1);
        Set<Hash> pins = Set.copyOf(member.tlsPins());
        return new HttpPeerClient(
                member.node(), member.url(), vertx.createHttpClient(tls.clientOptions(() -> pins), pool));
    }

    /** The clients in the order of their names. */
    public List<PeerClient> all() {
        return List.copyOf(clients.values());
    }

    /** The client of a member, if it is one and not the node itself. */
    public Optional<PeerClient> of(String node) {
        return Optional.ofNullable(clients.get(node));
    }

    /** All TLS keys that the root pins. */
    public Set<Hash> pins() {
        return new HashSet<>(nodeByPin.keySet());
    }

    /** Whose a TLS certificate is. */
    public Optional<String> nodeOf(X509Certificate certificate) {
        return Optional.ofNullable(nodeByPin.get(TlsIdentity.pinOf(certificate)));
    }

    @Override
    public void close() {
        clients.values().forEach(PeerClient::close);
    }
}
