package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.Json;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;

/** One run of {@code samsyn demo --once --out DIR}: what it prints, what it leaves, and whether its figures are true. */
final class DemoTest {
    private static final Path INPUT = Path.of("../config/demo");
    private static final String NETWORK = ".demo.samsyn.example";
    private static final Set<String> NODES = Stream.of(
                    "norra", "mellansverige", "stockholm-gotland", "vastra", "sydostra", "sodra", "lakemedelsverket")
            .map(folder -> folder + NETWORK)
            .collect(Collectors.toCollection(TreeSet::new));

    @TempDir
    private static Path temporary;

    private static Path directory = Path.of("");
    private static CommandRun run = new CommandRun(-1, "", "");
    private static Set<String> leftInTemporaryFolder = Set.of();

    @BeforeAll
    static void runDemo() {
        directory = temporary.resolve("out");
        Set<String> before = workFolders();
        run = CommandRun.of("demo", "--once", "--out", directory.toString());
        leftInTemporaryFolder = new TreeSet<>(workFolders());
        leftInTemporaryFolder.removeAll(before);
    }

    @Test
    void endsWell() {
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).as(run.out()).isZero();
    }

    @Test
    void leavesNeitherFilesNorThreadsBehind() {
        assertThat(leftInTemporaryFolder).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(Thread::isAlive)
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains(NETWORK));
    }

    @Test
    void saysWhatWasImportedAndThatCostsAreSynthetic() {
        assertThat(run.out())
                .contains("7 nodes run")
                .contains("3,785 rows of real trials")
                .contains("synthetic")
                .contains("All 7 nodes gave the same bytes");
    }

    @Test
    void leavesTheLayoutThatOthersVerify() throws IOException {
        assertThat(names(directory))
                .containsExactlyInAnyOrder(
                        "view", "root.note", "policy.txt", "policy", "log", "definition", "bundle.zip");
        assertThat(names(directory.resolve("view")))
                .containsExactlyInAnyOrder(
                        "trials-year.json",
                        "trials-phase.json",
                        "trials-region.json",
                        "trials-trend.json",
                        "costs-home-region.json",
                        "costs-access.json",
                        "costs-compensation.json",
                        "settlement-quarter.json",
                        "recruitment-access.json",
                        "units-list.json",
                        "trials-reserve-sites.json",
                        "grant-dues-due.json",
                        "quality-kind.json");
        assertThat(names(directory.resolve("log"))).isEqualTo(NODES);
        assertThat(names(directory.resolve("policy")))
                .isEqualTo(NODES.stream().map(node -> node + ".txt").collect(Collectors.toSet()));
        for (String node : NODES) {
            Path log = directory.resolve("log").resolve(node);
            assertThat(names(log)).containsExactlyInAnyOrder("checkpoint", "tile", "summary");
            assertThat(names(log.resolve("tile"))).contains("0", "entries");
            List<String> checkpoint = Files.readAllLines(log.resolve("checkpoint"), UTF_8);
            assertThat(checkpoint.get(0)).isEqualTo(node + "/log");
            assertThat(Long.parseLong(checkpoint.get(1))).isPositive();
            assertThat(checkpoint.stream().filter(line -> line.startsWith("— ")))
                    .as("the log's own two lines and those of all other members")
                    .hasSize(NODES.size() + 1);
        }
    }

    @Test
    void leavesAFolderAndABundleThatAnAuditorVerifies() throws IOException {
        String hash = FederationRoot.parse(SignedNote.parse(Files.readAllBytes(directory.resolve("root.note")))
                        .text())
                .hash()
                .toHex();
        for (Path audited : List.of(directory, directory.resolve("bundle.zip"))) {
            CommandRun audit = CommandRun.of("audit", "verify", audited.toString(), "--root-hash", hash);
            assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
            assertThat(audit.err()).isEmpty();
            assertThat(audit.out())
                    .contains("rejected, not counted: log/vastra" + NETWORK + " costs 2025-Q1: ")
                    .containsPattern(
                            "(?m)^verified: 7 logs, [0-9]+ entries, [0-9]+ bodies, [0-9]+ cosignatures, 13 views$");
        }
    }

    @Test
    void leavesBodiesUnderTheirOwnHash() throws IOException {
        for (String node : NODES) {
            Path folder = directory.resolve("log").resolve(node).resolve("summary");
            for (String name : names(folder)) {
                assertThat(Hash.sha256(Files.readAllBytes(folder.resolve(name))).toHex())
                        .isEqualTo(name);
            }
        }
    }

    @Test
    void leavesThePolicyOfALogWithoutItsOwnWitness() throws IOException {
        for (String node : NODES) {
            String policy = Files.readString(directory.resolve("policy").resolve(node + ".txt"), UTF_8);
            assertThat(policy).doesNotContain(" " + node + "/witness+");
            assertThat(policy.lines().filter(line -> line.startsWith("witness ")))
                    .hasSize(NODES.size() - 1);
        }
        assertThat(Files.readString(directory.resolve("policy.txt"), UTF_8).lines())
                .filteredOn(line -> line.startsWith("witness "))
                .hasSize(NODES.size());
    }

    @Test
    void countsTrialsPerYearAsASecondCountDoes() throws IOException {
        assertThat(rows(view("trials-year"))).isEqualTo(SecondCount.of(INPUT).byYear());
    }

    @Test
    void countsTrialsPerYearAndPhaseAsASecondCountDoes() throws IOException {
        assertThat(rows(view("trials-phase"))).isEqualTo(SecondCount.of(INPUT).byYearAndPhase());
    }

    @Test
    void countsTrialsPerYearAndRegionAsASecondCountDoes() throws IOException {
        assertThat(rows(view("trials-region"))).isEqualTo(SecondCount.of(INPUT).byYearAndCounty());
    }

    @Test
    void comparesYearsAsASecondCountDoes() throws IOException {
        Map<String, Long> second = SecondCount.of(INPUT).byYear();
        JsonNode derived = view("trials-trend").path("derived");
        JsonNode total = derived.path("total");
        long last = second.getOrDefault(derived.path("period").asText(), 0L);

        assertThat(exact(total)).isEqualTo(last);
        assertThat(total.path("against")).hasSize(2).allSatisfy(earlier -> {
            long then = second.getOrDefault(earlier.path("period").asText(), 0L);
            assertThat(exact(earlier)).isEqualTo(then);
            assertThat(earlier.path("changePercent")
                            .path("trials")
                            .path("exact")
                            .asDouble())
                    .isCloseTo(100.0 * (last - then) / then, within(0.051));
        });
        assertThat(derived.path("comparisons").findValuesAsText("name"))
                .containsExactly("applications", "atmp-applications");
    }

    @Test
    void givesTheSameTotalsHoweverTrialsAreGrouped() throws IOException {
        SecondCount second = SecondCount.of(INPUT);
        for (String view : List.of("trials-year", "trials-phase", "trials-region")) {
            Map<String, Long> totals = new TreeMap<>();
            for (JsonNode total : view(view).path("totals")) {
                if (total.path("states").has("awaited")) {
                    continue;
                }
                totals.put(total.path("period").asText(), exact(total));
            }
            totals.values().removeIf(trials -> trials == 0);
            assertThat(totals).as(view).isEqualTo(second.byYear());
        }
        assertThat(second.numbers()).hasSize(3752);
        assertThat(second.trials()).isLessThan(3752);
    }

    @Test
    void holdsExactlyTheSharedRealTrials() throws IOException {
        assertThat(SecondCount.facts(INPUT)).isEqualTo(SharedTrials.facts()).hasSize(3752);
    }

    @Test
    void showsEveryStateOfAMemberWhereItWasMade() throws IOException {
        Map<String, Set<String>> costs = standings("costs-home-region");
        Map<String, Set<String>> trials = standings("trials-year");

        assertThat(costs.get("missing")).containsExactly("norra 2025-Q3");
        assertThat(costs.get("withdrawn")).containsExactly("sydostra 2024-Q2");
        assertThat(costs.get("rejected"))
                .containsExactly("vastra 2025-Q1 (table home-region, cell [14]: participants 3 is below k = 5)");
        assertThat(costs.get("withheld"))
                .contains("norra 2024-Q2", "norra 2025-Q2")
                .allMatch(told -> told.matches("norra .*-Q2"));
        assertThat(costs.get("zero"))
                .contains("sydostra 2024-Q3", "sydostra 2025-Q3", "lakemedelsverket 2024-Q1")
                .allMatch(told -> told.matches("sydostra .*-Q3|lakemedelsverket .*"));
        assertThat(costs.get("pooled")).contains("vastra 2024-Q1", "stockholm-gotland 2024-Q4");
        assertThat(trials.get("reported")).hasSizeGreaterThan(NODES.size());
        assertThat(trials.keySet()).isSubsetOf("reported", "zero", "awaited");
    }

    @Test
    void showsTheMemberThatNobodyVouchedForAsStaleAndNoOther() throws IOException {
        for (String name : names(directory.resolve("view"))) {
            JsonNode view = view(name.replace(".json", ""));
            assertThat(view.path("coverage").path("stale"))
                    .extracting(JsonNode::asText)
                    .as(name)
                    .containsExactly("sodra" + NETWORK);
            for (JsonNode member : view.path("members")) {
                boolean stale = member.path("node").asText().equals("sodra" + NETWORK);
                assertThat(member.path("stale").asBoolean()).as("%s", member).isEqualTo(stale);
                assertThat(member.path("ageSeconds").asLong() > 26 * 3600)
                        .as("%s", member)
                        .isEqualTo(stale);
            }
        }
        assertThat(run.out()).contains("  sodra" + NETWORK + ": stale\n");
    }

    @Test
    void saysHowManyCellsWerePooledAndWhy() {
        assertThat(run.out())
                .containsPattern("(?m)^  [1-9][0-9,]* published \\(every region\\)$")
                .containsPattern("(?m)^  [1-9][0-9,]* pooled: fewer than k persons \\(every region\\)$")
                .containsPattern(
                        "(?m)^  [1-9][0-9]* pooled: one contributor dominates a sum \\([a-z, ]*stockholm-gotland, vastra\\)$")
                .containsPattern(
                        "(?m)^  [1-9][0-9]* pooled: another table's cell could be told from it \\([a-z, -]+\\)$")
                .containsPattern("(?m)^  [1-9][0-9,]* withheld: [^(]*\\(every region\\)$");
    }

    @Test
    void saysHowItsNumbersOfTrialsHangTogether() throws IOException {
        Map<String, Long> byYear = SecondCount.of(INPUT).byYear();
        long shown = 0;
        for (int year = 2004; year <= 2022; year++) {
            shown += byYear.getOrDefault(Integer.toString(year), 0L);
        }
        assertThat(run.out())
                .contains(String.format(
                        Locale.ROOT,
                        "%,d trials in all: %,d of 2004 to 2022 as above, ",
                        SecondCount.of(INPUT).trials(),
                        shown))
                .contains("They came as 3,785 rows of 3,752 registered trials");
    }

    @Test
    void showsEveryKindOfFigureAndEveryStateOfACell() throws IOException {
        Set<String> kinds = new TreeSet<>();
        Set<String> states = new TreeSet<>();
        for (JsonNode row : view("costs-home-region").path("rows")) {
            row.path("values").forEach(figure -> kinds.add(fields(figure)));
            row.path("states").fieldNames().forEachRemaining(states::add);
        }
        assertThat(kinds).containsExactlyInAnyOrder("exact", "from to", "atLeast");
        assertThat(states).contains("reported", "zero", "pooled", "withheld", "withdrawn", "missing", "rejected");
    }

    @Test
    void showsConflictsBetweenMembers() throws IOException {
        JsonNode conflicts = view("trials-year").path("conflicts");

        assertThat(conflicts.path("count").asLong()).isPositive();
        assertThat(conflicts.path("trials")).isNotEmpty();
    }

    @Test
    void settlesAQuarterAndNetsWhatBothOfAPairTell() throws IOException {
        JsonNode derived = view("settlement-quarter").path("derived");
        Map<String, Long> balances = new TreeMap<>();
        for (JsonNode row : derived.path("rows")) {
            for (JsonNode total : row.path("totals")) {
                if (total.path("outcome").asText().equals("matched")) {
                    long amount = total.path("amountOre").asLong();
                    balances.merge(row.path("issuer").asText(), amount, Long::sum);
                    balances.merge(row.path("payer").asText(), -amount, Long::sum);
                }
            }
        }
        for (JsonNode payment : derived.path("payments")) {
            balances.merge(
                    payment.path("to").asText(), -payment.path("amountOre").asLong(), Long::sum);
            balances.merge(
                    payment.path("from").asText(), payment.path("amountOre").asLong(), Long::sum);
        }

        assertThat(derived.path("rows")).hasSize(6 * 5);
        assertThat(derived.path("rows").findValuesAsText("state")).contains("agreed", "open");
        assertThat(derived.path("payments")).isNotEmpty().hasSizeLessThan(6);
        assertThat(balances.values()).as("nothing is left to pay").containsOnly(0L);
    }

    /** By state: the members and periods in it, with the reason if there is one. */
    private static Map<String, Set<String>> standings(String view) throws IOException {
        List<String> periods = new ArrayList<>();
        view(view).path("periods").forEach(period -> periods.add(period.asText()));
        Map<String, Set<String>> standings = new TreeMap<>();
        for (JsonNode member : view(view).path("members")) {
            String node = member.path("node").asText().replace(NETWORK, "");
            for (JsonNode run : member.path("periods")) {
                String reason = run.has("reason") ? " (" + run.path("reason").asText() + ")" : "";
                int from = periods.indexOf(run.path("from").asText());
                int to = periods.indexOf(run.path("to").asText());
                periods.subList(from, to + 1)
                        .forEach(period -> standings
                                .computeIfAbsent(run.path("state").asText(), state -> new TreeSet<>())
                                .add(node + " " + period + reason));
            }
        }
        return standings;
    }

    /** Figures by period and codes, such as {@code 2010 III}; every one is exact, but for a period that has just begun. */
    private static Map<String, Long> rows(JsonNode view) {
        Map<String, Long> figures = new TreeMap<>();
        for (JsonNode row : view.path("rows")) {
            if (row.path("states").has("awaited")) {
                // on the first day of a year the stale member has not told of it yet
                continue;
            }
            StringBuilder key = new StringBuilder(row.path("period").asText());
            view.path("dimensions")
                    .forEach(dimension ->
                            key.append(' ').append(row.path(dimension.asText()).asText()));
            figures.put(key.toString(), exact(row));
        }
        return figures;
    }

    private static long exact(JsonNode row) {
        JsonNode figure = row.path("values").path("trials");
        assertThat(figure.path("exact").isIntegralNumber()).as("%s", row).isTrue();
        return figure.path("exact").asLong();
    }

    private static String fields(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).sorted().collect(Collectors.joining(" "));
    }

    private static JsonNode view(String name) throws IOException {
        return Json.parse(Files.readAllBytes(directory.resolve("view").resolve(name + ".json")));
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> workFolders() {
        String[] names =
                new File(System.getProperty("java.io.tmpdir")).list((folder, name) -> name.startsWith("samsyn-demo"));
        return names == null ? Set.of() : new TreeSet<>(List.of(names));
    }
}
