package se.samsyn.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.record.RecordKind;

/**
 * Datasets that only add up: records from a seed at three nodes, and the national figures beside a count over all rows as they were written
 * down, which shares no code with the way from a file to a view.
 */
final class EveryDatasetTest {
    @RegisterExtension
    static final TestFederation FEDERATION = TestFederation.of("norra", "vastra", "sodra");

    private static final Map<String, String> PLACES = Map.of("norra", "24", "vastra", "14", "sodra", "12");
    private static final List<String> QUARTERS = List.of("2024-Q3", "2024-Q4", "2025-Q1");
    private static final List<String> YEARS = List.of("2023", "2024");
    private static final List<String> THERAPY_AREAS = List.of("oncology", "haematology", "neurology");

    private final Random random = new Random(20_261_126);

    /** A row of a file, by column. */
    private record Row(Map<String, String> cells) {
        String get(String column) {
            return cells.getOrDefault(column, "");
        }

        long number(String column) {
            return Long.parseLong(get(column));
        }
    }

    /** What is asked of rows: in which period one is, in which group, and what it gives to each measure. */
    private record Question(
            String dataset,
            String table,
            String last,
            List<String> dimensions,
            Function<Row, List<String>> group,
            Map<String, Function<Row, Long>> measures) {}

    @Test
    void grantsAddUp() {
        Map<String, List<Row>> rows = rows(
                60,
                (place, i) -> Map.of(
                        "grant_id", place + "-" + i,
                        "programme", pick(List.of("state-grant", "alf", "eu")),
                        "year", YEARS.get(i % YEARS.size()),
                        "amount_ore", Integer.toString(1_000_000 + random.nextInt(1_000_000)),
                        "used_ore", Integer.toString(random.nextInt(500_000)),
                        "to_be_repaid_ore", Integer.toString(random.nextInt(500_000))));
        release(RecordKind.GRANT, "grants", rows);

        assertFigures(
                rows,
                true,
                new Question(
                        "grants",
                        "programme",
                        "2024",
                        List.of("programme"),
                        row -> List.of(row.get("year"), row.get("programme")),
                        Map.of(
                                "grants", row -> 1L,
                                "amountOre", row -> row.number("amount_ore"),
                                "usedOre", row -> row.number("used_ore"),
                                "toBeRepaidOre", row -> row.number("to_be_repaid_ore"))));
    }

    @Test
    void capacityAddsUp() {
        Map<String, List<Row>> rows = rows(
                60,
                (place, i) -> Map.of(
                        "unit_id", "unit-" + i,
                        "quarter", QUARTERS.get(i % QUARTERS.size()),
                        "hospital", "A hospital",
                        "region", place,
                        "therapy_area", pick(THERAPY_AREAS),
                        "gmp", pick(List.of("yes", "no", "unknown")),
                        "beds", Integer.toString(random.nextInt(20)),
                        "free_slots", Integer.toString(random.nextInt(5)),
                        "nurse_percent", Integer.toString(random.nextInt(800))));
        release(RecordKind.TRIAL_UNIT, "capacity", rows);

        assertFigures(
                rows,
                true,
                new Question(
                        "capacity",
                        "region",
                        "2025-Q1",
                        List.of("region"),
                        row -> List.of(row.get("quarter"), row.get("region")),
                        Map.of(
                                "units", row -> 1L,
                                "gmpUnits", row -> row.get("gmp").equals("yes") ? 1L : 0L,
                                "beds", row -> row.number("beds"),
                                "freeSlots", row -> row.number("free_slots"),
                                "nursePercent", row -> row.number("nurse_percent"),
                                "otherPercent", row -> 0L)));
        assertFigures(
                rows,
                true,
                new Question(
                        "capacity",
                        "region-therapy-area",
                        "2025-Q1",
                        List.of("region", "therapy-area"),
                        row -> List.of(row.get("quarter"), row.get("region"), row.get("therapy_area")),
                        Map.of("units", row -> 1L, "beds", row -> row.number("beds"))));
    }

    @Test
    void centresAddUp() {
        Map<String, List<Row>> rows = rows(
                40,
                (place, i) -> Map.of(
                        "product",
                        "product " + i,
                        "hospital",
                        "A hospital",
                        "region",
                        place,
                        "state",
                        pick(List.of("applied", "qualified", "treating")),
                        "atmp_class",
                        pick(List.of("gtmp", "sctmp")),
                        "since_date",
                        YEARS.get(i % YEARS.size()) + "-05"));
        release(RecordKind.ATMP_CENTRE, "atmp", rows);

        assertFigures(
                rows,
                true,
                new Question(
                        "atmp",
                        "class-state",
                        "2024",
                        List.of("atmp-class", "state"),
                        row -> List.of(row.get("since_date").substring(0, 4), row.get("atmp_class"), row.get("state")),
                        Map.of("centres", row -> 1L)));
    }

    @Test
    void patientsOfCohortsAreWithinWhatIsTold() {
        List<String> groups = List.of("C00-C80", "C81-C96", "D50-D89");
        List<String> ages = List.of("18-39", "40-64", "65-79");
        Map<String, List<Row>> rows = rows(
                36,
                (place, i) -> Map.of(
                        "year", YEARS.get(i % 2),
                        "region", place,
                        "condition_group", groups.get(i / 2 % 3),
                        "age_band", ages.get(i / 6 % 3),
                        "sex", List.of("female", "male").get(i / 18),
                        "patients", Integer.toString(random.nextInt(40))));
        release(RecordKind.COHORT_COUNT, "cohorts", rows);

        assertFigures(
                rows,
                false,
                new Question(
                        "cohorts",
                        "condition-group-age-band-sex",
                        "2024",
                        List.of("condition-group", "age-band", "sex"),
                        row -> List.of(
                                row.get("year"), row.get("condition_group"), row.get("age_band"), row.get("sex")),
                        Map.of("patients", row -> row.number("patients"))));
    }

    @Test
    void participationIsWithinWhatIsTold() {
        Map<String, List<Row>> rows = rows(36, (place, i) -> {
            int informed = random.nextInt(60);
            int offered = random.nextInt(informed + 1);
            int consented = random.nextInt(offered + 1);
            return Map.of(
                    "trial_id", "NCT0000000" + i / 9,
                    "home_region", List.of("12", "14", "24").get(i / 3 % 3),
                    "study_region", place,
                    "month", List.of("2024-07", "2024-11", "2025-02").get(i % 3),
                    "informed", Integer.toString(informed),
                    "offered", Integer.toString(offered),
                    "consented", Integer.toString(consented),
                    "included", "0",
                    "informed_afterwards", Integer.toString(random.nextInt(40)));
        });
        List<String> areas = List.of("oncology", "haematology", "neurology", "unknown");
        rows.keySet().forEach(node -> FEDERATION.node(node).importRecords(RecordKind.TRIAL, """
                trial_id,therapy_area
                NCT00000000,oncology
                NCT00000001,haematology
                NCT00000002,neurology
                """));
        release(RecordKind.PARTICIPATION, "recruitment", rows);
        rows.keySet().forEach(node -> FEDERATION.node(node).node().intake().release("informed-afterwards", Set.of()));

        Map<String, String> quarterOf = Map.of("2024-07", "2024-Q3", "2024-11", "2024-Q4", "2025-02", "2025-Q1");
        Map<String, Function<Row, Long>> measures = Map.of(
                "informed", row -> row.number("informed"),
                "offered", row -> row.number("offered"),
                "consented", row -> row.number("consented"));
        assertFigures(
                rows,
                false,
                new Question(
                        "recruitment",
                        "home-region",
                        "2025-Q1",
                        List.of("home-region"),
                        row -> List.of(quarterOf.getOrDefault(row.get("month"), ""), row.get("home_region")),
                        measures));
        assertFigures(
                rows,
                false,
                new Question(
                        "recruitment",
                        "home-region-study-region",
                        "2025-Q1",
                        List.of("home-region", "study-region"),
                        row -> List.of(
                                quarterOf.getOrDefault(row.get("month"), ""),
                                row.get("home_region"),
                                row.get("study_region")),
                        measures));
        // of the fourth trial no node knows more than its number
        assertFigures(
                rows,
                false,
                new Question(
                        "recruitment",
                        "home-region-therapy-area",
                        "2025-Q1",
                        List.of("home-region", "therapy-area"),
                        row -> List.of(
                                quarterOf.getOrDefault(row.get("month"), ""),
                                row.get("home_region"),
                                areas.get(Integer.parseInt(row.get("trial_id").substring(10)))),
                        measures));
        assertFigures(
                rows,
                false,
                new Question(
                        "informed-afterwards",
                        "home-region",
                        "2025-Q1",
                        List.of("home-region"),
                        row -> List.of(quarterOf.getOrDefault(row.get("month"), ""), row.get("home_region")),
                        Map.of("informedAfterwards", row -> row.number("informed_afterwards"))));
    }

    /** Makes a row, given the place of its node and its number there. */
    private interface RowMaker {
        Map<String, String> row(String place, int i);
    }

    private Map<String, List<Row>> rows(int count, RowMaker maker) {
        Map<String, List<Row>> rows = new TreeMap<>();
        PLACES.forEach((node, place) -> {
            List<Row> own = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                own.add(new Row(maker.row(place, i)));
            }
            rows.put(node, own);
        });
        return rows;
    }

    private static void release(RecordKind kind, String dataset, Map<String, List<Row>> rows) {
        rows.forEach((node, own) -> {
            List<String> columns = own.get(0).cells().keySet().stream().sorted().toList();
            String csv = own.stream()
                    .map(row -> columns.stream().map(row::get).collect(Collectors.joining(",")))
                    .collect(Collectors.joining("\n", String.join(",", columns) + "\n", "\n"));
            FEDERATION.node(node).importRecords(kind, csv);
            FEDERATION.node(node).node().intake().release(dataset, Set.of());
        });
    }

    /** Waits until each node's view says what all rows come to: exactly if nothing has to be hidden, else within what is told. */
    private static void assertFigures(Map<String, List<Row>> rows, boolean isOpen, Question question) {
        Map<List<String>, Map<String, Long>> expected = new HashMap<>();
        rows.values()
                .forEach(own -> own.forEach(row -> {
                    Map<String, Long> sums =
                            expected.computeIfAbsent(question.group.apply(row), key -> new HashMap<>());
                    question.measures.forEach((measure, of) -> sums.merge(measure, of.apply(row), Long::sum));
                }));
        TestFederation.soon().untilAsserted(() -> {
            for (RegionNode node : FEDERATION.nodes()) {
                JsonNode view = node.view(question.dataset, "table", question.table, "to", question.last)
                        .json();
                view.path("members")
                        .forEach(member -> assertThat(member.path("periods").findValuesAsText("state"))
                                .as(member.path("node").asText())
                                .isSubsetOf("reported", "zero", "pooled", "withheld"));
                List<List<String>> seen = new ArrayList<>();
                long told = 0;
                for (JsonNode row : view.path("rows")) {
                    List<String> group =
                            new ArrayList<>(List.of(row.path("period").asText()));
                    question.dimensions.forEach(
                            dimension -> group.add(row.path(dimension).asText()));
                    seen.add(group);
                    told += question.measures.keySet().stream()
                            .filter(measure -> isTold(row.path("values").path(measure)))
                            .count();
                    Map<String, Long> sums = expected.getOrDefault(group, Map.of());
                    question.measures
                            .keySet()
                            .forEach(measure -> assertFigure(
                                    node.name() + " " + group + " " + measure,
                                    row.path("values").path(measure),
                                    sums.getOrDefault(measure, 0L),
                                    isOpen));
                }
                // a network that hid everything would keep within the truth too
                assertThat(told).as(node.name()).isPositive();
                expected.forEach((group, sums) -> {
                    if (sums.values().stream().anyMatch(sum -> sum > 0)) {
                        assertThat(seen).contains(group);
                    }
                });
            }
        });
    }

    /** Whether a figure says something: a number above zero, or an upper end. */
    private static boolean isTold(JsonNode figure) {
        return figure.path("exact").asLong() > 0 || figure.has("to");
    }

    private static void assertFigure(String where, JsonNode figure, long expected, boolean isExact) {
        if (isExact || figure.has("exact")) {
            assertThat(figure.path("exact").asLong(-1)).as(where).isEqualTo(expected);
        } else if (figure.has("from")) {
            assertThat(expected)
                    .as(where)
                    .isBetween(figure.path("from").asLong(), figure.path("to").asLong());
        } else {
            assertThat(expected)
                    .as(where)
                    .isGreaterThanOrEqualTo(figure.path("atLeast").asLong(-1));
        }
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
