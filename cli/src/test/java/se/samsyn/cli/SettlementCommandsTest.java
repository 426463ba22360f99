package se.samsyn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.Node;
import se.samsyn.node.setup.Launch;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;

/** {@code samsyn settlement …} between two nodes. */
final class SettlementCommandsTest {
    private static final int REFUSED = 1;
    private static final InstantSource CLOCK = () -> Instant.parse("2026-11-02T08:00:00Z");
    private static final Map<String, String> SCOPES = Map.of("norra", "24", "sodra", "12");
    private static final Map<String, Node> NODES = new TreeMap<>();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void setUpANetworkOfTwo() throws IOException {
        List<Integer> ports = SamsynProcesses.freePorts(4);
        List<String> create = new ArrayList<>(List.of("root", "create", "--network", "test.example"));
        for (Map.Entry<String, String> member : SCOPES.entrySet()) {
            Path own = folder.resolve(member.getKey());
            done(Stream.of(
                    "init",
                    "--node",
                    member.getKey() + ".test.example",
                    "--url",
                    "https://127.0.0.1:" + ports.remove(0),
                    "--peer-host",
                    "127.0.0.1",
                    "--user-port",
                    Integer.toString(ports.remove(0)),
                    "--scope",
                    member.getValue(),
                    "--poll-millis",
                    "200",
                    "--dir",
                    own.toString()));
            create.add("--key");
            create.add(own.resolve(NodeSetup.ROOT_KEY_FOLDER)
                    .resolve(NodeSetup.ROOT_KEY_FILE)
                    .toString());
        }
        Path rootFile = folder.resolve("root.note");
        create.addAll(List.of("--out", rootFile.toString()));
        SCOPES.keySet()
                .forEach(node ->
                        create.add(folder.resolve(node).resolve("member.txt").toString()));
        done(create.stream());
        FederationRoot root = FederationRoot.parse(
                SignedNote.parse(Files.readAllBytes(rootFile)).text());
        for (String node : SCOPES.keySet()) {
            Launch.Invitation invitation = new Launch.Invitation(rootFile, root.hash());
            Node opened = Launch.open(config(node), Optional.of(invitation), CLOCK);
            NODES.put(node, opened);
            opened.start();
        }
    }

    @AfterAll
    static void stop() {
        NODES.values().forEach(Node::close);
    }

    @Test
    void sendsAQuarterAndShowsItLineByLineAtBoth() throws IOException {
        assertThat(on("norra", "list").out()).contains("nothing is settled with anybody yet");
        importCsv(
                "norra",
                "cost-item",
                "item_id,trial_id,participant,home_region,study_region,date,category,bearer,amount_ore,invoice",
                "I-1,2018-001230-12,P-1,12,24,2026-07-01,visit,home-region,125000,F-1",
                "I-2,2018-001230-12,P-2,12,24,2026-07-01,visit,home-region,99900,F-2",
                "I-3,2018-001230-12,P-2,14,24,2026-07-01,visit,home-region,500,F-3");
        importCsv(
                "sodra",
                "received-invoice",
                "issuing_region,receiving_region,invoice,trial_id,date,amount_ore,state,dispute_reason",
                "24,12,F-1,2018-001230-12,2026-08-01,125000,received,",
                "24,12,F-2,2018-001230-12,2026-08-01,99900,disputed,duplicate");

        CommandRun sent = on("norra", "send", "2026-Q3");

        assertThat(sent.exitCode()).as(sent.err()).isZero();
        assertThat(sent.out())
                .contains("sodra.test.example", "a new revision is being sent")
                .contains("1 lines left out: no other member speaks for home region 14");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> on("norra", "list").out().contains("open"));
        assertThat(on("sodra", "list", "--format", "csv").out())
                .contains("2026-Q3,norra.test.example,payer,1,open,2,224900,1,0,1,0,0,\r\n");
        for (String node : SCOPES.keySet()) {
            assertThat(on(node, "show", "2026-Q3", "--format", "csv").out())
                    .contains("F-1,24,2018-001230-12,12,125000,,matched,\r\n")
                    .contains("F-2,24,2018-001230-12,12,99900,,disputed,duplicate\r\n");
        }
        assertThat(on("norra", "show", "2026-Q3", "--with", "sodra.test.example")
                        .out())
                .containsPattern("F-1 .*1\u00a0250")
                .containsPattern("F-2 .*disputed +duplicate")
                .contains("amountOre (kronor)");
        assertThat(on("norra", "show", "2026-Q3", "--format", "json").out()).contains("\"outcome\" : \"disputed\"");
    }

    @Test
    void refusesAQuarterThatHasNotEnded() {
        CommandRun run = on("norra", "send", "2026-Q4");
        assertThat(run.exitCode()).isEqualTo(REFUSED);
        assertThat(run.err()).contains("2026-Q4 has not ended", "from the day after 2026-12-31 on");
    }

    private static void importCsv(String node, String kind, String... lines) throws IOException {
        Path file = folder.resolve(node + "-" + kind + ".csv");
        Files.write(file, List.of(lines));
        done(Stream.of("import", "--config", config(node).toString(), "--kind", kind, file.toString()));
    }

    private static CommandRun on(String node, String command, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("settlement", command, "--config", config(node).toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static void done(Stream<String> arguments) {
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    private static Path config(String node) {
        return folder.resolve(node).resolve("node.json");
    }
}
