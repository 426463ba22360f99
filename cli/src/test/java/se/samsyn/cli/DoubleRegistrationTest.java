package se.samsyn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.cli.audit.AuditFiles;
import se.samsyn.cli.demo.TestNetwork;
import se.samsyn.node.Json;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.EntryBundle;
import se.samsyn.protocol.tlog.TilePath;
import se.samsyn.protocol.view.Basis;
import se.samsyn.protocol.view.NationalPicture;
import se.samsyn.protocol.view.ViewQuery;

/**
 * Trials that four nodes know under different numbers and disagree about, all the way from CSV files to the views of real nodes; and the
 * same logs, as a node serves them, taken in every order of arrival: the same bytes.
 */
final class DoubleRegistrationTest {
    private static final long SEED = 20_260_917;
    private static final int INTERLEAVINGS = 300;
    private static final String HEADER = "trial_id,other_ids,registry,sponsor_class,phase,status,start_date\n";
    private static final Map<String, String> SCOPES =
            new TreeMap<>(Map.of("sodra", "12", "vastra", "14", "norra", "24", "agency", "-"));
    private static final List<String> QUERIES = List.of("", "group=phase", "group=phase,sponsor-class&by=region");

    @TempDir
    private static Path folder;

    private static TestNetwork network;
    private static final Map<String, byte[]> ANSWERS = new TreeMap<>();
    private static final Map<String, List<VerifiedStatement>> LOGS = new TreeMap<>();
    private static final Map<String, Optional<byte[]>> BODIES = new HashMap<>();
    private static Basis basis;

    @BeforeAll
    static void registerAtFourNodes() throws IOException, InterruptedException {
        network = TestNetwork.start(folder.resolve("network"), SCOPES);
        // first without the number that the others know it by: then it is a trial of its own
        network.importCsv("sodra", "trial", HEADER + "2015-000001-11,,euctr,commercial,2,,2016-03-01\n");
        network.importCsv("sodra", "site", sites("12", "2015-000001-11"));
        importAll();
        network.awaitAgreement();
        assertSameAnswers();
        for (String node : SCOPES.keySet()) {
            LOGS.put(fullName(node), export(node));
        }
    }

    @AfterAll
    static void stopNetwork() {
        network.close();
    }

    @Test
    void countsEachTrialOnceWithTheFactsOfTheRowThatComesFirst() {
        assertThat(rows("group=phase"))
                .isEqualTo(Map.of(
                        "2008 II", 1L, // known by numbers only: the smallest year among them all
                        "2011 III", 1L, // a true start goes before a year that a number tells
                        "2013 I", 1L, // the earlier start names no phase, so the later one's counts
                        "2015 III", 1L, // a chain: no row has all its numbers
                        "2015 IV", 1L, // the same year, no shared number: another trial
                        "2018 I/II", 1L, // the same start: a known region goes before an unknown one
                        "2019 II", 1L, // the same start, both regions known: by the node's name
                        "unknown none", 1L));
    }

    @Test
    void countsATrialInEachRegionWhereAnyNodeKnowsASite() {
        assertThat(rows("group=phase,sponsor-class&by=region"))
                .containsEntry("2015 III non-commercial 12", 1L)
                .containsEntry("2015 III non-commercial 14", 1L)
                .containsEntry("2015 III non-commercial 24", 1L)
                .containsEntry("2018 I/II commercial 24", 1L)
                .containsEntry("2015 IV unknown 14", 1L)
                .doesNotContainKey("2015 III non-commercial -")
                .doesNotContainKey("2018 I/II commercial -");
    }

    @Test
    void reportsWhatTheNodesDisagreeAbout() {
        JsonNode conflicts = Json.parse(ANSWERS.get("")).path("conflicts");
        Map<String, Set<String>> disputed = new TreeMap<>();
        for (JsonNode trial : conflicts.path("trials")) {
            Set<String> attributes = new TreeSet<>();
            trial.path("conflicts")
                    .forEach(conflict -> attributes.add(conflict.path("attribute")
                                    .asText() + "=" + conflict.path("taken").asText()));
            disputed.put(trial.path("ids").path(0).asText(), attributes);
        }
        assertThat(disputed)
                .isEqualTo(Map.of(
                        "2008-000004-04", Set.of("phase=II"),
                        "2010-000003-33", Set.of("phase=III"),
                        "2012-000002-22", Set.of("start=2013-05-02"),
                        "2015-000001-11",
                                Set.of(
                                        "phase=III",
                                        "sponsor-class=non-commercial",
                                        "start=2015-11",
                                        "status=completed"),
                        "2018-000005-55", Set.of("phase=I/II", "sponsor-class=commercial"),
                        "2019-000006-66", Set.of("phase=II")));
        assertThat(conflicts.path("count").asInt()).isEqualTo(disputed.size());
    }

    @Test
    void holdsReleasesThatWereSuperseded() {
        assertThat(LOGS.get(fullName("sodra")))
                .filteredOn(entry -> entry.statement() instanceof SummaryStatement summary
                        && summary.supersedes().isPresent())
                .isNotEmpty();
    }

    @Test
    void givesTheSameBytesInEveryOrderOfWholeLogs() {
        List<List<String>> orders = permutations(List.copyOf(LOGS.keySet()));

        assertThat(orders).hasSize(24).doesNotHaveDuplicates();
        for (List<String> order : orders) {
            NationalPicture picture = picture();
            order.forEach(node -> picture.advance(node, 0, LOGS.get(node), DoubleRegistrationTest::body));
            assertSameBytes(picture, order.toString());
        }
    }

    @Test
    void givesTheSameBytesHoweverEntriesInterleave() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < INTERLEAVINGS; round++) {
            NationalPicture picture = picture();
            List<String> unfinished = new ArrayList<>(LOGS.keySet());
            while (!unfinished.isEmpty()) {
                String node = unfinished.get(random.nextInt(unfinished.size()));
                int from = (int) picture.size(node);
                int to = from + 1 + random.nextInt(LOGS.get(node).size() - from);
                picture.advance(node, from, LOGS.get(node).subList(from, to), DoubleRegistrationTest::body);
                if (to == LOGS.get(node).size()) {
                    unfinished.remove(node);
                }
            }
            assertSameBytes(picture, "seed " + SEED + ", round " + round);
        }
    }

    private static void importAll() {
        network.importCsv(
                "vastra",
                "trial",
                HEADER
                        + "NCT00000011,ISRCTN00000011,ctgov,OTHER,Phase 3,Completed,2015-11\n"
                        + "NCT00000033,2010-000003-33,ctgov,INDUSTRY,Phase 3,,2011-01\n"
                        + "2015-000007-77,,euctr,,4,,2015-11\n"
                        + "NCT00000066,2019-000006-66,ctgov,,Phase 4,,2019-02-02\n");
        network.importCsv("vastra", "site", sites("14", "NCT00000011", "NCT00000033", "2015-000007-77", "NCT00000066"));
        network.importCsv(
                "agency",
                "trial",
                HEADER
                        + "ISRCTN00000011,,euctr,,4,,2015-11\n"
                        + "2012-000002-22,,euctr,,1,,2013-06\n"
                        + "NCT00000044,2008-000004-04,ctgov,,Phase 2,,\n"
                        + "2018-000005-55,,euctr,non-commercial,4,,2018-02-02\n");
        network.importCsv(
                "sodra",
                "trial",
                HEADER
                        + "2015-000001-11,NCT00000011,euctr,commercial,2,,2016-03-01\n"
                        + "2012-000002-22,,euctr,,,,2013-05-02\n"
                        + "2009-000004-44,NCT00000044,euctr,,1,,\n");
        network.importCsv("sodra", "site", sites("12", "2015-000001-11", "2012-000002-22", "2009-000004-44"));
        network.importCsv(
                "norra",
                "trial",
                HEADER
                        + "ISRCTN00000011,,ctgov,,Phase 2,Terminated,\n"
                        + "2010-000003-33,,euctr,,2,,\n"
                        + "NCT00000055,2018-000005-55,ctgov,INDUSTRY,Phase 1/Phase 2,,2018-02-02\n"
                        + "2019-000006-66,,euctr,,2,,2019-02-02\n"
                        + "NCT00000077,,ctgov,,Not Applicable,,\n");
        network.importCsv(
                "norra",
                "site",
                sites("24", "ISRCTN00000011", "2010-000003-33", "NCT00000055", "2019-000006-66", "NCT00000077"));
    }

    private static String sites(String region, String... trials) {
        StringBuilder csv = new StringBuilder("trial_id,region\n");
        for (String trial : trials) {
            csv.append(trial).append(',').append(region).append('\n');
        }
        return csv.toString();
    }

    /** All four nodes answer alike, and from the same state. */
    private static void assertSameAnswers() {
        String at = network.instant().toString();
        basis = network.node("norra").picture().basis(network.instant().getEpochSecond());
        for (String query : QUERIES) {
            String path = "/api/v1/views/trials?" + query + (query.isEmpty() ? "" : "&") + "at=" + at;
            for (String node : SCOPES.keySet()) {
                byte[] answer = network.client(node).get(path);
                assertThat(answer).as("%s at %s", query, node).isEqualTo(ANSWERS.computeIfAbsent(query, q -> answer));
            }
        }
    }

    /** The entries of a node's log, as another node serves them. */
    private static List<VerifiedStatement> export(String node) throws IOException, InterruptedException {
        Path log = folder.resolve("log").resolve(fullName(node));
        String server = node.equals("norra") ? "sodra" : "norra";
        AuditFiles.write(new BundleCollector(network.client(server)).collect(Map.of(), Optional.empty()), folder);
        long size = Checkpoint.parse(SignedNote.parse(Files.readAllBytes(log.resolve("checkpoint")))
                        .text())
                .head()
                .size();
        Path bundle = log.resolve(TilePath.entries(0, (int) size).encode());
        List<VerifiedStatement> statements = new ArrayList<>();
        for (byte[] entry : EntryBundle.parse(Files.readAllBytes(bundle), (int) size)) {
            statements.add(SignedStatement.verify(entry, network.root(), fullName(node)));
        }
        return statements;
    }

    private static Optional<byte[]> body(Hash hash) {
        return BODIES.computeIfAbsent(hash.toHex(), DoubleRegistrationTest::readBody);
    }

    private static Optional<byte[]> readBody(String name) {
        try {
            for (String node : LOGS.keySet()) {
                Path body =
                        folder.resolve("log").resolve(node).resolve("summary").resolve(name);
                if (Files.exists(body)) {
                    return Optional.of(Files.readAllBytes(body));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static NationalPicture picture() {
        return new NationalPicture(network.root(), NetworkFiles.shipped().definitions());
    }

    private static void assertSameBytes(NationalPicture picture, String order) {
        DatasetDefinition trials = picture.definition("trials");
        for (String query : QUERIES) {
            Map<String, String> parameters = new TreeMap<>();
            for (String parameter : query.isEmpty() ? new String[0] : query.split("&")) {
                parameters.put(parameter.split("=")[0], parameter.split("=")[1]);
            }
            assertThat(picture.view(ViewQuery.parse(parameters, trials), basis).encode())
                    .as("%s in order %s", query, order)
                    .isEqualTo(ANSWERS.get(query));
        }
    }

    /** Figures by period and codes. */
    private static Map<String, Long> rows(String query) {
        Map<String, Long> figures = new TreeMap<>();
        JsonNode view = Json.parse(ANSWERS.get(query));
        for (JsonNode row : view.path("rows")) {
            StringBuilder key = new StringBuilder(row.path("period").asText());
            view.path("dimensions")
                    .forEach(name ->
                            key.append(' ').append(row.path(name.asText()).asText()));
            figures.put(
                    key.toString(),
                    row.path("values").path("trials").path("exact").asLong(-1));
        }
        return figures;
    }

    private static List<List<String>> permutations(List<String> names) {
        if (names.isEmpty()) {
            return List.of(List.of());
        }
        List<List<String>> all = new ArrayList<>();
        for (String first : names) {
            List<String> others = new ArrayList<>(names);
            others.remove(first);
            for (List<String> rest : permutations(others)) {
                List<String> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                all.add(order);
            }
        }
        return all;
    }

    private static String fullName(String node) {
        return node + ".demo.samsyn.example";
    }
}
