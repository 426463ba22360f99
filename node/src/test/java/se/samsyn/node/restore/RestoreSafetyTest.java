package se.samsyn.node.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.RawClient;
import se.samsyn.node.RegionNode;
import se.samsyn.node.StoreFiles;
import se.samsyn.node.TestFederation;
import se.samsyn.node.store.Columns;
import se.samsyn.protocol.tlog.TreeHead;

class RestoreSafetyTest {
    @RegisterExtension
    final TestFederation federation = TestFederation.of("norra", "vastra", "sodra", "ostra", "dala");

    @TempDir
    private Path folder;

    @Test
    void attack06ALogRestoredFromABackupSignsNothingAndSaysWhy() throws IOException {
        RegionNode norra = federation.node("norra");
        RegionNode vastra = federation.node("vastra");
        federation.awaitAgreement();
        norra.stop();
        StoreFiles.copy(data(norra), folder.resolve("backup"));
        norra.start().append(3);
        federation.awaitAgreement();
        putBack(norra);

        soon().until(() -> signing(norra).startsWith("does not sign"));
        assertThat(signing(norra)).contains("the store has only 1", "samsyn restore --from-peers");
        assertThat(RawClient.text(norra.user().get("/health/ready"))).contains("samsyn restore --from-peers");
        TreeHead unsigned =
                norra.node().sequencer().append(List.of(norra.statement())).join();
        assertThat(unsigned.size()).isEqualTo(2);
        assertThat(signed(norra)).contains("\n1\n");
        // mirroring and reading go on, and the others reach their quorum without this witness
        vastra.append(2);
        soon().until(() -> vastra.node().picture().basis(0).logs().stream()
                .anyMatch(log -> log.node().equals(vastra.name()) && log.head().size() == 3));
        soon().until(() -> norra.heldSize(vastra) == 3);
        assertThat(norra.view("trials").json()).isNotEmpty();

        // the unsigned entry is taken away again by the restore, as nobody has seen it
        norra.stop();
        RestoreFromPeers.run(norra.configFile(), Optional.empty(), norra.clock(), Progress.NONE);
        norra.start();
        soon().until(() -> signing(norra).equals("signs"));
        norra.append(1);
        federation.awaitAgreement();
    }

    @Test
    void attack06WhatOneWitnessKnewIsNotForgottenWhenAQuorumOfOthersAnswersNextTime() throws IOException {
        RegionNode norra = federation.node("norra");
        RegionNode sodra = federation.node("sodra");
        federation.awaitAgreement();
        norra.stop();
        StoreFiles.copy(data(norra), folder.resolve("backup"));
        List<RegionNode> others = List.of(federation.node("vastra"), federation.node("ostra"), federation.node("dala"));
        norra.start();
        soon().until(() -> signing(norra).equals("signs"));
        // the newest head reaches one witness alone
        others.forEach(RegionNode::stop);
        norra.append(2);
        soon().until(() -> sodra.heldSize(norra) == 3);
        putBack(norra);
        soon().until(() -> signing(norra).contains(sodra.name() + " knows a checkpoint"));

        norra.stop();
        sodra.stop();
        others.forEach(RegionNode::start);
        norra.start();

        soon().untilAsserted(() -> assertThat(signing(norra)).contains("not yet " + sodra.name() + " ("));
        assertThat(signed(norra)).contains("\n1\n");
        norra.stop();
        sodra.start();
        RestoreFromPeers.run(norra.configFile(), Optional.empty(), norra.clock(), Progress.NONE);
        norra.start();
        federation.awaitAgreement();
        assertThat(norra.node().logSize()).isEqualTo(3);
    }

    private void putBack(RegionNode node) throws IOException {
        node.stop();
        Files.move(data(node), folder.resolve("newer"));
        StoreFiles.copy(folder.resolve("backup"), data(node));
        node.start();
    }

    private static String signed(RegionNode node) {
        return new String(node.liveStore().get(Columns.SIGNED, node.name()).orElseThrow(), UTF_8);
    }

    private static String signing(RegionNode node) {
        return node.network().path("signing").asText();
    }

    private static Path data(RegionNode node) {
        return node.config().dataDirectory();
    }
}
