package se.samsyn.node.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.HostileMember;
import se.samsyn.node.RawClient;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.config.Address;
import se.samsyn.node.key.KeyFile;
import se.samsyn.node.key.TlsIdentity;

class PeerTlsTest {
    @RegisterExtension
    static final TestFederation FEDERATION =
            TestFederation.of("norra", "vastra", "sodra").hostile("vastra", "sodra");

    private final RegionNode norra = FEDERATION.node("norra");
    private final HostileMember vastra = FEDERATION.hostileMember("vastra");
    private final HostileMember sodra = FEDERATION.hostileMember("sodra");

    @AfterEach
    void stopServing() {
        vastra.close();
        sodra.close();
    }

    @Test
    void letsInWhoHasAPinnedKey() throws IOException {
        assertThat(client("TLSv1.3", Optional.of(vastra.keys().tls()))
                        .get("/root")
                        .body())
                .asString(UTF_8)
                .startsWith(FEDERATION.root().network());
    }

    @Test
    void letsInNobodyWithoutAKey() {
        assertRefused(client("TLSv1.3", Optional.empty()));
    }

    @Test
    void letsInNobodyWithAKeyThatTheRootDoesNotPin(@TempDir Path folder) {
        assertRefused(client("TLSv1.3", Optional.of(strangersKey(folder))));
    }

    @Test
    void letsInNobodyWithAnOlderTls() {
        assertRefused(client("TLSv1.2", Optional.of(vastra.keys().tls())));
    }

    @Test
    void doesNotTalkToAServerWithAnotherMembersKey() {
        vastra.serveAs(vastra.keys().tls(), addressOf(sodra));
        assertThatThrownBy(() -> ask(sodra)).isInstanceOf(PeerException.class).hasMessageContaining("not the one that");
    }

    @Test
    void doesNotTalkToAServerWithAStrangersKey(@TempDir Path folder) {
        sodra.serveAs(strangersKey(folder), addressOf(sodra));
        assertThatThrownBy(() -> ask(sodra)).isInstanceOf(PeerException.class).hasMessageContaining("not the one that");
    }

    @Test
    void losesNoAnswerHoweverFastItComes() {
        sodra.serve().log().append(sodra.statement());
        Vertx vertx = Vertx.vertx();
        try (Peers peers = peers(vertx)) {
            PeerClient client = peers.of(sodra.name()).orElseThrow();
            for (int i = 0; i < 1_000; i++) {
                PeerResponse answer = client.get("/log/" + sodra.name() + "/tile/entries/000.p/1", 10_000);
                assertThat(answer.body()).as("answer %d", i).hasSizeGreaterThan(100);
            }
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void readsNoAnswerThatIsTooLong() {
        sodra.serve().log().append(sodra.statement());
        assertThatThrownBy(() -> ask(sodra, 20))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("longer than 20 bytes");
    }

    private static void ask(HostileMember server) {
        ask(server, 10_000);
    }

    private static void ask(HostileMember server, int maxLength) {
        Vertx vertx = Vertx.vertx();
        try (Peers peers = peers(vertx)) {
            peers.of(server.name()).orElseThrow().get("/log/" + server.name() + "/tile/entries/000.p/1", maxLength);
        } finally {
            vertx.close().await();
        }
    }

    /** The peers as norra sees them. */
    private static Peers peers(Vertx vertx) {
        RegionNode norra = FEDERATION.node("norra");
        return new Peers(vertx, new PeerTls(norra.keys().tls()), FEDERATION.root(), norra.name());
    }

    private static Address addressOf(HostileMember member) {
        int port = FEDERATION.root().requireMember(member.name()).url().getPort();
        return new Address("127.0.0.1", port);
    }

    private static TlsIdentity strangersKey(Path folder) {
        return KeyFile.createNodeKeys(
                        folder.resolve("keys.p12"),
                        "a password".toCharArray(),
                        "stranger.example",
                        TestFederation.START)
                .tls();
    }

    private RawClient client(String protocol, Optional<TlsIdentity> identity) {
        return RawClient.tls(norra.peerUrl(), protocol, identity);
    }

    private static void assertRefused(RawClient client) {
        assertThatThrownBy(() -> client.get("/root")).isInstanceOf(IOException.class);
    }
}
