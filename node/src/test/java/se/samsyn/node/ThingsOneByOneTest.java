package se.samsyn.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.record.RecordKind;

/**
 * Lists of units, centres and grants, and what is derived of them and of trials: rows from a seed at three nodes, and the national answers
 * beside a search over all rows as they were written down, which shares no code with the way from a file to a view.
 */
final class ThingsOneByOneTest {
    @RegisterExtension
    static final TestFederation FEDERATION = TestFederation.of("norra", "vastra", "sodra");

    private static final Map<String, String> PLACES =
            new TreeMap<>(Map.of("norra", "24", "vastra", "14", "sodra", "12"));
    private static final List<String> AREAS = List.of("oncology", "haematology");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 2);

    private final Random random = new Random(20_261_123);

    /** A unit or a trial as it was written down. */
    private record Row(String node, String place, List<String> cells) {
        String get(int cell) {
            return cells.get(cell);
        }
    }

    @Test
    void unitsAreListedAndFoundAsReserveSites() {
        List<Row> units = rows(
                12,
                i -> List.of("unit-" + i, pick(AREAS), pick(List.of("yes", "no", "unknown")), "" + random.nextInt(3)));
        // norra's first unit was there a quarter before, with room that it does not have any more
        release(
                RecordKind.TRIAL_UNIT,
                "units",
                "unit_id,therapy_area,gmo,free_slots,quarter,hospital,atmp_qualified,region",
                units,
                row -> String.join(",", row.cells) + ",2026-Q3,Dr Anna Svenssons mottagning,yes," + row.place);
        FEDERATION.node("norra").importRecords(RecordKind.TRIAL_UNIT, """
                unit_id,therapy_area,gmo,free_slots,quarter,hospital,atmp_qualified,region
                unit-0,oncology,yes,9,2026-Q2,Norrlands universitetssjukhus,yes,24
                """);
        FEDERATION.node("norra").node().intake().release("units", Set.of());
        List<Row> trials = rows(
                8,
                i -> List.of(
                        "NCT0" + random.nextInt(10) + "00000" + i,
                        pick(AREAS),
                        pick(List.of("gtmp", "none")),
                        pick(List.of("recruiting", "completed"))));
        List<Row> distinct = new ArrayList<>();
        Set<String> numbers = new TreeSet<>();
        trials.stream().filter(trial -> numbers.add(trial.get(0))).forEach(distinct::add);
        release(
                RecordKind.TRIAL,
                "trials",
                "trial_id,therapy_area,atmp_class,status,start_date",
                distinct,
                row -> String.join(",", row.cells) + ",2025-03-01");
        release(RecordKind.SITE, "trials", "trial_id,region", distinct, row -> row.get(0) + "," + row.place);

        Map<String, Set<String>> expected = new TreeMap<>();
        for (Row trial : distinct) {
            if (trial.get(3).equals("recruiting")) {
                Set<String> found = new TreeSet<>();
                for (Row unit : units) {
                    boolean isGene = trial.get(2).equals("gtmp");
                    if (unit.get(1).equals(trial.get(1))
                            && !unit.get(3).equals("0")
                            && !(isGene && unit.get(2).equals("no"))) {
                        found.add(unit.node + " " + unit.get(0)
                                + (isGene && unit.get(2).equals("unknown") ? " ?" : ""));
                    }
                }
                expected.put(trial.get(0), found);
            }
        }
        TestFederation.soon().untilAsserted(() -> {
            for (RegionNode node : FEDERATION.nodes()) {
                JsonNode list = node.view("units", "from", "2026-Q3").json().path("list");
                assertThat(list).hasSize(units.size());
                assertThat(list.toString()).doesNotContain("Anna").contains("\"hospital\":\"unknown\"");
                assertThat(node.view("units", "from", "2026-Q2", "to", "2026-Q2")
                                .json()
                                .path("list")
                                .toString())
                        .contains("\"hospital\":\"norrlands-universitetssjukhus\"");
                Map<String, Set<String>> shown = new TreeMap<>();
                JsonNode derived =
                        node.view("trials", "derive", "reserve-sites").json().path("derived");
                for (JsonNode row : derived.path("rows")) {
                    Set<String> found = new TreeSet<>();
                    row.path("units")
                            .forEach(
                                    unit -> found.add(unit.path("node").asText().replaceFirst("[.].*", "") + " "
                                            + unit.path("id").asText()
                                            + (unit.path("unclear").isEmpty() ? "" : " ?")));
                    shown.put(row.path("ids").path(0).asText(), found);
                }
                assertThat(shown).isEqualTo(expected);
            }
        });
    }

    @Test
    void overlapsAreFoundAmongTrialsOfAllNodes() {
        List<Row> trials = rows(
                9,
                i -> List.of(
                        "2024-50000" + i + "-00-0" + random.nextInt(10),
                        pick(List.of("G20", "G35", "G35.9")),
                        "20" + (20 + random.nextInt(4)) + "-01-01",
                        "20" + (23 + random.nextInt(3)) + "-01-01"));
        List<Row> distinct = new ArrayList<>();
        Set<String> numbers = new TreeSet<>();
        trials.stream().filter(trial -> numbers.add(trial.get(0))).forEach(distinct::add);
        release(
                RecordKind.TRIAL,
                "trials",
                "trial_id,conditions,start_date,end_date,status",
                distinct,
                row -> String.join(",", row.cells) + ",completed");
        release(RecordKind.SITE, "trials", "trial_id,region", distinct, row -> row.get(0) + "," + row.place);

        Map<String, Integer> expected = new TreeMap<>();
        for (Row one : distinct) {
            for (Row other : distinct) {
                boolean isPair = one.get(0).compareTo(other.get(0)) < 0
                        && !one.place.equals(other.place)
                        && one.get(1).substring(0, 3).equals(other.get(1).substring(0, 3))
                        && one.get(2).compareTo(other.get(3)) <= 0
                        && other.get(2).compareTo(one.get(3)) <= 0;
                if (isPair) {
                    expected.merge(one.get(1).substring(0, 3), 1, Integer::sum);
                }
            }
        }
        TestFederation.soon().untilAsserted(() -> {
            for (RegionNode node : FEDERATION.nodes()) {
                Map<String, Integer> shown = new TreeMap<>();
                node.view("trials", "derive", "overlap")
                        .json()
                        .path("derived")
                        .path("rows")
                        .forEach(row -> shown.put(
                                row.path("subject").asText(),
                                row.path("pairs").path("exact").asInt()));
                assertThat(shown).isEqualTo(expected);
            }
        });
    }

    @Test
    void leadTimesAreThoseOfTrialsThatSeveralNodesTell() {
        List<Row> trials = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String id = "2022-50000" + (i / 10) + "-1" + (i % 10) + "-00";
            String submitted =
                    LocalDate.of(2021, 1, 1).plusDays(random.nextInt(300)).toString();
            String decision = LocalDate.parse(submitted)
                    .plusDays(random.nextInt(200) - 20)
                    .toString();
            String sponsor = pick(List.of("commercial", "non-commercial"));
            String status = pick(List.of("recruiting", "withdrawn"));
            // norra tells the application, and sodra the decision, if it knows the trial; in part both tell that
            for (String node : PLACES.keySet()) {
                boolean isFirst = node.equals("norra");
                if (!node.equals("sodra") || random.nextBoolean()) {
                    boolean tellsDecision = node.equals("sodra") || (isFirst && i % 3 == 0);
                    trials.add(new Row(
                            node,
                            PLACES.get(node),
                            List.of(id, sponsor, status, isFirst ? submitted : "", tellsDecision ? decision : "")));
                }
            }
        }
        release(
                RecordKind.TRIAL,
                "trials",
                "trial_id,sponsor_class,status,submitted_date,decision_date,start_date",
                trials,
                row -> String.join(",", row.cells) + ",2022-03-01");
        release(RecordKind.SITE, "trials", "trial_id,region", trials, row -> row.get(0) + "," + row.place);

        Map<String, List<Long>> days = new TreeMap<>();
        Map<String, List<Long>> counts = new TreeMap<>();
        trials.stream().filter(row -> row.node.equals("norra")).forEach(row -> {
            String decision = trials.stream()
                    .filter(other -> other.get(0).equals(row.get(0)))
                    .map(other -> other.get(4))
                    .filter(date -> !date.isEmpty())
                    .findFirst()
                    .orElse("");
            List<Long> count = counts.computeIfAbsent(row.get(1), key -> new ArrayList<>(List.of(0L, 0L, 0L)));
            if (decision.isEmpty()) {
                count.set(1, count.get(1) + (row.get(2).equals("recruiting") ? 1 : 0));
            } else {
                long took = LocalDate.parse(decision).toEpochDay()
                        - LocalDate.parse(row.get(3)).toEpochDay();
                count.set(took < 0 ? 2 : 0, count.get(took < 0 ? 2 : 0) + 1);
                if (took >= 0) {
                    days.computeIfAbsent(row.get(1), key -> new ArrayList<>()).add(took);
                }
            }
        });
        days.values().forEach(Collections::sort);
        TestFederation.soon().untilAsserted(() -> {
            for (RegionNode node : FEDERATION.nodes()) {
                Map<String, List<Long>> shown = new TreeMap<>();
                Map<String, Long> medians = new TreeMap<>();
                for (JsonNode row : node.view(
                                "trials",
                                "derive",
                                "lead-times",
                                "group",
                                "sponsor-class",
                                "from",
                                "2022",
                                "to",
                                "2022")
                        .json()
                        .at("/derived/rows")) {
                    if (row.path("step").asText().equals("submitted-to-decision")) {
                        shown.put(
                                row.path("code").asText(),
                                List.of(
                                        row.at("/reached/exact").asLong(-1),
                                        row.at("/waiting/exact").asLong(-1),
                                        row.at("/leftOut/exact").asLong(-1)));
                        medians.put(
                                row.path("code").asText(),
                                row.at("/percentiles/p50/exact").asLong(-1));
                    }
                }
                assertThat(shown).isEqualTo(counts);
                days.forEach((sponsor, sorted) ->
                        assertThat(medians.get(sponsor)).isEqualTo(sorted.get((sorted.size() - 1) / 2)));
            }
        });
    }

    @Test
    void grantsAreDueAsTheirDatesSay() {
        List<Row> grants = rows(
                15,
                i -> List.of(
                        "grant-" + i,
                        pick(List.of("alf", "eu")),
                        TODAY.plusDays(random.nextInt(500) - 100).toString(),
                        "" + random.nextInt(3) * 100));
        release(
                RecordKind.GRANT,
                "grant-dues",
                "grant_id,programme,repayment_due_date,to_be_repaid_ore,amount_ore,year",
                grants,
                row -> String.join(",", row.cells) + ",1000,2025");

        TestFederation.soon().untilAsserted(() -> {
            for (RegionNode node : FEDERATION.nodes()) {
                JsonNode derived = node.view("grant-dues", "from", "2025", "to", "2025", "derive", "due")
                        .json()
                        .path("derived");
                assertThat(derived.path("day").asText()).isEqualTo(TODAY.toString());
                for (String programme : List.of("alf", "eu")) {
                    JsonNode row = null;
                    for (JsonNode each : derived.path("rows")) {
                        row = each.path("code").asText().equals(programme) ? each : row;
                    }
                    assertThat(row).isNotNull();
                    assertThat(row.path("amounts").path("overdue").path("exact").asLong())
                            .isEqualTo(sum(grants, programme, -1000, -1));
                    assertThat(row.path("amounts")
                                    .path("within90")
                                    .path("exact")
                                    .asLong())
                            .isEqualTo(sum(grants, programme, 0, 90));
                    assertThat(row.path("amounts")
                                    .path("within365")
                                    .path("exact")
                                    .asLong())
                            .isEqualTo(sum(grants, programme, 0, 365));
                }
            }
        });
    }

    private static long sum(List<Row> grants, String programme, long from, long to) {
        return grants.stream()
                .filter(row -> row.get(1).equals(programme))
                .filter(row -> {
                    long days = LocalDate.parse(row.get(2)).toEpochDay() - TODAY.toEpochDay();
                    return days >= from && days <= to;
                })
                .mapToLong(row -> Long.parseLong(row.get(3)))
                .sum();
    }

    /** Makes the cells of a row from its number. */
    private interface RowMaker {
        List<String> cells(int i);
    }

    /** Writes a row as a line of a file. */
    private interface RowWriter {
        String line(Row row);
    }

    private List<Row> rows(int count, RowMaker maker) {
        List<Row> rows = new ArrayList<>();
        PLACES.forEach((node, place) -> {
            for (int i = 0; i < count; i++) {
                rows.add(new Row(node, place, maker.cells(i)));
            }
        });
        return rows;
    }

    private static void release(RecordKind kind, String dataset, String header, List<Row> rows, RowWriter writer) {
        PLACES.keySet().forEach(node -> {
            StringBuilder csv = new StringBuilder(header).append('\n');
            rows.stream()
                    .filter(row -> row.node.equals(node))
                    .forEach(row -> csv.append(writer.line(row)).append('\n'));
            FEDERATION.node(node).importRecords(kind, csv.toString());
            FEDERATION.node(node).node().intake().release(dataset, Set.of());
        });
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
