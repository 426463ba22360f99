package se.samsyn.node.log;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.Json;
import se.samsyn.node.RawClient;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.tlog.TreeHead;

class SigningGateTest {
    @RegisterExtension
    final TestFederation federation = TestFederation.of("norra", "vastra", "sodra");

    @Test
    void opensAtAFirstStartWhenNobodyKnowsTheLog() {
        federation.awaitAgreement();
        federation.nodes().forEach(node -> {
            assertThat(node.network().path("signing").asText()).isEqualTo("signs");
            assertThat(node.node().logSize()).isEqualTo(1);
        });
    }

    @Test
    void staysShutForAStoreThatIsOlderThanWhatTheWitnessesKnow(@TempDir Path copy) throws IOException {
        RegionNode norra = federation.node("norra");
        RegionNode vastra = federation.node("vastra");
        federation.awaitAgreement();
        norra.stop();
        copy(data(norra), copy.resolve("older"));
        norra.start().append(3);
        soon().until(() -> vastra.heldSize(norra) == 4);
        norra.stop();
        Files.move(data(norra), copy.resolve("newer"));
        copy(copy.resolve("older"), data(norra));

        norra.start();
        soon().until(() -> norra.network().path("signing").asText().startsWith("does not sign"));

        assertThat(norra.network().path("signing").asText())
                .contains("size 4", "the store has only 1", "samsyn restore --from-peers");
        HttpResponse<byte[]> ready = norra.user().get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(RawClient.text(ready)).contains("the store has only 1");
        // appending goes on, signing does not
        TreeHead unsigned = grown(norra);
        norra.stop();
        try (Store store = norra.openStore()) {
            assertThat(norra.logIn(store, norra.name()).head()).isEqualTo(unsigned);
            assertThat(norra.logIn(store, norra.name()).signed())
                    .hasValueSatisfying(note -> assertThat(note.text()).contains("\n1\n"));
        }
    }

    @Test
    void staysShutUntilEnoughWitnessesHaveAnswered() {
        RegionNode norra = federation.node("norra");
        federation.awaitAgreement();
        federation.node("vastra").stop();
        norra.stop();
        norra.start();

        soon().until(() -> norra.network().path("signing").asText().startsWith("1 of 2"));
        assertThat(RawClient.text(ready(norra))).contains("1 of 2 witnesses");
        long size = grown(norra).size();

        federation.node("vastra").start();
        soon().until(() -> ready(norra).statusCode() == 200);
        soon().until(() -> published(norra) == size);
    }

    private static TreeHead grown(RegionNode node) {
        node.append(2);
        return node.node().sequencer().append(List.of(node.statement())).join();
    }

    private static HttpResponse<byte[]> ready(RegionNode node) {
        try {
            return node.user().get("/health/ready");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long published(RegionNode node) {
        for (JsonNode member : node.network().path("members")) {
            if (member.path("node").asText().equals(node.name())) {
                return member.path("publishedSize").asLong();
            }
        }
        throw new AssertionError(Json.pretty(node.network()));
    }

    private static Path data(RegionNode node) {
        return node.config().dataDirectory();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
