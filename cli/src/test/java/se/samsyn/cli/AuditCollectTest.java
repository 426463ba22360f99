package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.cli.audit.AuditFiles;
import se.samsyn.cli.demo.TestNetwork;
import se.samsyn.node.Json;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.audit.AuditBundle;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.tlog.Checkpoint;

/** {@code samsyn audit collect} from nodes of a network that goes on importing, releasing and withdrawing. */
final class AuditCollectTest {
    private static final Map<String, String> SCOPES = Map.of("norra", "24", "vastra", "14", "sodra", "12");
    private static final String[] VIEWS = {"trials", "trials?group=phase&from=2015&to=2019", "costs"};
    private static final Period WITHDRAWN = Period.parse("2005");
    private static final int BUNDLES = 4;

    @TempDir
    private static Path folder;

    private static TestNetwork network;

    @BeforeAll
    static void start() {
        network = TestNetwork.start(folder.resolve("network"), SCOPES);
        network.importCsv("norra", "trial", "trial_id,registry,start_date\n2019-000001-11,euctr,2019-02-01\n");
        network.importCsv("norra", "site", "trial_id,region\n2019-000001-11,24\n");
        network.awaitAgreement();
    }

    @AfterAll
    static void stop() {
        network.close();
    }

    @Test
    void provesWhatIsDerivedFromTwoDatasetsAndListsOfThings() {
        network.importCsv(
                "vastra",
                "trial-unit",
                "unit_id,quarter,hospital,region,free_slots\nsu-1,2026-Q3,Sahlgrenska universitetssjukhuset,14,2\n");
        network.node("vastra").intake().release("units", Set.of(Period.parse("2026-Q3")));
        network.awaitAgreement();

        Path bundle = folder.resolve("derived.zip");
        CommandRun collected = collect(
                "norra",
                bundle,
                "trials?derive=reserve-sites",
                "trials?derive=overlap",
                "trials?derive=lead-times&group=atmp-class",
                "quality?derive=quality",
                "settlement?derive=settlement",
                "units?from=2026-Q3");

        assertThat(collected.exitCode()).as(collected.err()).isZero();
        assertVerifies(bundle, 6);
        CommandRun csv = on("norra", "view", "trials", "--derive", "reserve-sites", "--format", "csv");
        assertThat(csv.out())
                .contains("2019-000001-11,24,unknown,0,vastra.", ",su-1,14,sahlgrenska-universitetssjukhuset,");
        CommandRun list = on("sodra", "view", "units", "--from", "2026-Q3", "--format", "csv");
        assertThat(list.out()).contains("su-1");
    }

    @Test
    void leavesABundleThatVerifiesWhileTheNetworkGoesOn() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService others = Executors.newFixedThreadPool(2);
        List<Future<?>> working = List.of(
                others.submit(() -> goOn("norra", "24", over)), others.submit(() -> goOn("vastra", "14", over)));
        try {
            for (int i = 0; i < BUNDLES; i++) {
                Path bundle = folder.resolve("while-it-goes-on-" + i + ".zip");
                long before = network.node("norra").logSize();
                CommandRun collected = collect(i % 2 == 0 ? "norra" : "sodra", bundle, VIEWS);
                assertThat(collected.exitCode()).as(collected.err()).isZero();
                assertThat(collected.out()).contains("3 logs, 3 views");
                assertVerifies(bundle, 3);
                assertThat(network.node("norra").logSize())
                        .as("entries of a log that grows all the time")
                        .isGreaterThan(before);
            }
        } finally {
            over.set(true);
            others.shutdown();
        }
        for (Future<?> each : working) {
            each.get();
        }
        network.awaitAgreement();
        Path last = folder.resolve("in-the-end.zip");
        assertThat(collect("sodra", last, VIEWS).exitCode()).isZero();
        assertVerifies(last, 3);
        assertThat(sizeIn(last, "norra"))
                .as("all that there is")
                .isEqualTo(network.node("norra").logSize());
    }

    @Test
    void holdsTheVeryBytesOfTheViewsThatAnybodyCanAskForByTheirBasis() throws IOException {
        Path bundle = folder.resolve("views.zip");
        collect("vastra", bundle, "trials?group=phase");
        byte[] claimed =
                AuditFiles.bundle(bundle).file("view/trials-group-phase.json").orElseThrow();
        Path saved = Files.write(folder.resolve("claimed.json"), claimed);
        Path basis = Files.writeString(
                folder.resolve("basis.json"), Json.parse(claimed).path("basis").toString(), UTF_8);
        network.importCsv("norra", "trial", "trial_id,registry,start_date\n2019-000002-22,euctr,2019-03-01\n");
        network.importCsv("norra", "site", "trial_id,region\n2019-000002-22,24\n");

        for (Path file : List.of(saved, basis)) {
            CommandRun again =
                    on("vastra", "view", "trials", "--group", "phase", "--format", "json", "--basis", file.toString());
            assertThat(again.out().strip()).as(again.err()).isEqualTo(new String(claimed, UTF_8));
        }
        CommandRun table = on("vastra", "view", "trials", "--group", "phase", "--basis", saved.toString());
        assertThat(table.exitCode()).as(table.err()).isZero();
    }

    @Test
    void answersAsOfAnInstant() {
        JsonNode now = Json.parse(
                on("norra", "view", "trials", "--format", "json").out().getBytes(UTF_8));
        String instant =
                Instant.ofEpochSecond(now.path("basis").path("at").asLong()).toString();

        CommandRun asOf = on("norra", "view", "trials", "--format", "json", "--as-of", instant);
        CommandRun before = on("norra", "view", "trials", "--as-of", "2020-01-01T00:00:00Z");

        assertThat(asOf.exitCode()).as(asOf.err()).isZero();
        assertThat(Json.parse(asOf.out().getBytes(UTF_8)).path("basis").path("at"))
                .isEqualTo(now.path("basis").path("at"));
        assertThat(before.exitCode()).isEqualTo(1);
        assertThat(before.err()).contains("2020-01-01T00:00:00Z");
    }

    @Test
    void needsNoMoreThanACoordinatorsToken() {
        Path bundle = folder.resolve("coordinator.zip");
        Path token = network.config("sodra").resolveSibling("coordinator.token");
        CommandRun run = CommandRun.of(
                "audit",
                "collect",
                "-o",
                bundle.toString(),
                "--url",
                "http://" + network.node("sodra").userAddress(),
                "--token-file",
                token.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        CommandRun verified = verify(bundle);
        assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
        assertThat(verified.out()).contains("views: none is claimed");
    }

    @Test
    void overwritesNothingAndSaysWhatItCannotCollect() throws IOException {
        Path there = Files.writeString(folder.resolve("there.zip"), "mine", UTF_8);
        CommandRun overwritten = collect("norra", there, "trials");
        assertThat(overwritten.exitCode()).isEqualTo(1);
        assertThat(overwritten.err()).contains("there already");
        assertThat(there).hasContent("mine");

        Path none = folder.resolve("none.zip");
        CommandRun unknown = collect("norra", none, "trial");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("no dataset \"trial\"");
        CommandRun twice = collect("norra", none, "trials", "trials");
        assertThat(twice.exitCode()).isEqualTo(1);
        assertThat(twice.err()).contains("asked for twice");
        CommandRun nowhere = collect("norra", folder.resolve("no/such/folder.zip"), "trials");
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err()).contains("cannot write").doesNotContain("\tat ");
        assertThat(none).doesNotExist();
    }

    /** Imports and releases one trial after the other; every third year is withdrawn as soon as it is released. */
    private static void goOn(String node, String county, AtomicBoolean over) {
        for (int number = 0; !over.get(); number++) {
            boolean withdraws = number % 3 == 0;
            int year = withdraws ? 2005 : 2010 + number % 10;
            String id = String.format(Locale.ROOT, "%d-%s%04d-%02d", year, county, number, number % 100);
            RecordUpload upload = new RecordUpload(network.client(node));
            upload.send("trial", ("trial_id,registry,start_date\n" + id + ",euctr," + year + "\n").getBytes(UTF_8));
            upload.send("site", ("trial_id,region\n" + id + "," + county + "\n").getBytes(UTF_8));
            upload.release();
            if (withdraws) {
                network.node(node).intake().release("trials", Set.of(WITHDRAWN));
                network.node(node).releaser().retract(trials(), WITHDRAWN, false);
            }
        }
    }

    private static void assertVerifies(Path bundle, int views) {
        CommandRun verified = verify(bundle);
        assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
        assertThat(verified.out()).containsPattern("(?m)^verified: 3 logs, .*, " + views + " views$");
    }

    private static CommandRun verify(Path bundle) {
        return CommandRun.of(
                "audit",
                "verify",
                bundle.toString(),
                "--root-hash",
                network.root().hash().toHex());
    }

    private static CommandRun collect(String node, Path bundle, String... views) {
        List<String> command = new ArrayList<>(List.of("audit", "collect", "-o", bundle.toString()));
        command.addAll(List.of(views));
        return on(node, command.toArray(String[]::new));
    }

    private static long sizeIn(Path bundle, String node) {
        AuditBundle parsed = AuditFiles.bundle(bundle);
        String path = parsed.paths().stream()
                .filter(each -> each.startsWith("log/" + node + ".") && each.endsWith("/checkpoint"))
                .findFirst()
                .orElseThrow();
        SignedNote note = SignedNote.parse(parsed.file(path).orElseThrow());
        return Checkpoint.parse(note.text()).head().size();
    }

    private static DatasetDefinition trials() {
        return NetworkFiles.shipped().definitions().stream()
                .filter(definition -> definition.dataset().equals("trials"))
                .findFirst()
                .orElseThrow();
    }

    private static CommandRun on(String node, String... command) {
        List<String> whole = new ArrayList<>(List.of(command));
        whole.addAll(List.of("--config", network.config(node).toString()));
        return CommandRun.of(whole.toArray(String[]::new));
    }
}
