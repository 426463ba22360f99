package se.samsyn.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.dataset.Period;

/** The shapes hold for the seed that the demo uses; see {@link CostShape} for why each of them is there. */
final class SyntheticCostsTest {
    private static final long SEED = SyntheticCosts.DEMO_SEED;
    private static final int K = 5;
    private static final List<String> NODES =
            List.of("norra", "mellansverige", "stockholm-gotland", "vastra", "sydostra", "sodra");
    private static final Map<String, byte[]> DEMO = NetworkFiles.resources("/se/samsyn/config/demo");

    @Test
    void givesTheSameTextForTheSameSeedNodeAndQuarter() {
        Period quarter = Period.parse("2024-Q1");
        String text = csv(SEED, "sodra", List.of(quarter));

        assertThat(csv(SEED, "sodra", List.of(quarter))).isEqualTo(text);
        assertThat(csv(SEED + 1, "sodra", List.of(quarter))).isNotEqualTo(text);
        assertThat(csv(SEED, "sodra", List.of(quarter, quarter.next())))
                .startsWith(text)
                .isNotEqualTo(text);
    }

    @Test
    void givesANodeWithoutSitesNoCosts() {
        assertThat(sites("lakemedelsverket")).isEmpty();
        assertThat(csv(SEED, "lakemedelsverket", quarters()).lines()).hasSize(1);
    }

    @Test
    void labelsEveryRowAsSynthetic() {
        assertThat(all()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.getField("source")).startsWith(SyntheticCosts.LABEL);
            assertThat(row.getField("item_id")).startsWith("SYN-");
        });
    }

    @Test
    void numbersItemsSoThatNoTwoShareAKey() {
        assertThat(all()).extracting(row -> row.getField("item_id")).doesNotHaveDuplicates();
    }

    @Test
    void staysAmongTheNodesOwnTrialsAndPlacesAndTheQuartersDays() {
        for (String node : NODES) {
            Set<StudySite> sites = new HashSet<>(sites(node));
            for (Period quarter : quarters()) {
                assertThat(rows(node, quarter)).allSatisfy(row -> {
                    assertThat(sites).contains(new StudySite(row.getField("trial_id"), row.getField("study_region")));
                    assertThat(row.getField("date"))
                            .isBetween(
                                    quarter.firstDay().toString(),
                                    quarter.lastDay().toString());
                });
            }
        }
    }

    @Test
    void makesSomeThousandItemsInTwoYears() {
        assertThat(all()).hasSizeBetween(1500, 4000);
    }

    @Test
    void hasCreditNotesAndEveryCategory() {
        assertThat(all())
                .extracting(row -> row.getField("category"))
                .contains(
                        "visit",
                        "inpatient",
                        "diagnostics",
                        "laboratory",
                        "atmp-handling",
                        "travel",
                        "staff",
                        "credit-note");
    }

    @Test
    void hasCellsThatAreSafeAndCellsThatAreTooSmallAtEveryNode() {
        for (String node : NODES) {
            List<Cell> cells = quarters().stream()
                    .filter(quarter -> CostShape.of(node, quarter) == CostShape.ORDINARY)
                    .flatMap(quarter -> cells(node, quarter).stream())
                    .toList();
            assertThat(cells).as(node).anyMatch(cell -> cell.persons() >= K && !cell.isDominated());
            assertThat(cells).as(node).anyMatch(cell -> cell.persons() < K);
        }
    }

    @Test
    void hasALargeCellThatOneTrialDominatesWhereTheCalendarSaysSo() {
        for (String quarter : List.of("2024-Q1", "2025-Q1")) {
            assertThat(cells("vastra", Period.parse(quarter)))
                    .anyMatch(cell -> cell.persons() >= K && cell.isDominated());
        }
        assertThat(cells("stockholm-gotland", Period.parse("2024-Q4")))
                .anyMatch(cell -> cell.persons() >= K && cell.isDominated());
    }

    @Test
    void hasAQuarterWithTooFewPersonsInAll() {
        assertThat(rows("norra", Period.parse("2024-Q2")).stream()
                        .map(row -> row.getField("participant"))
                        .distinct())
                .hasSizeBetween(1, K - 1);
    }

    @Test
    void hasAQuarterWithNothing() {
        assertThat(rows("sydostra", Period.parse("2024-Q3"))).isEmpty();
    }

    @Test
    void knowsTheRegionsThatTheNetworkAgreedOn() {
        String list = new String(NetworkFiles.shipped().read("code-lists/region.json"), UTF_8);

        assertThat(SyntheticCosts.REGIONS)
                .hasSize(21)
                .allSatisfy(code -> assertThat(list).contains("{\"code\": \"" + code + "\""));
    }

    /** What the rows of one home region add up to. */
    private record Cell(long persons, long amountOre, long largestTrialOre) {
        boolean isDominated() {
            return largestTrialOre * 100 > amountOre * 85;
        }
    }

    private List<Cell> cells(String node, Period quarter) {
        Map<String, List<NamedCsvRecord>> byHome = rows(node, quarter).stream()
                .collect(Collectors.groupingBy(row -> row.getField("home_region"), TreeMap::new, Collectors.toList()));
        List<Cell> cells = new ArrayList<>();
        for (List<NamedCsvRecord> rows : byHome.values()) {
            Map<String, Long> byTrial = rows.stream()
                    .filter(row -> !row.getField("category").equals("credit-note"))
                    .collect(Collectors.groupingBy(
                            row -> row.getField("trial_id"),
                            Collectors.summingLong(row -> Long.parseLong(row.getField("amount_ore")))));
            cells.add(new Cell(
                    rows.stream()
                            .map(row -> row.getField("participant"))
                            .distinct()
                            .count(),
                    byTrial.values().stream().mapToLong(Long::longValue).sum(),
                    byTrial.values().stream().mapToLong(Long::longValue).max().orElse(0)));
        }
        return cells;
    }

    private List<NamedCsvRecord> all() {
        List<NamedCsvRecord> all = new ArrayList<>();
        NODES.forEach(node -> quarters().forEach(quarter -> all.addAll(rows(node, quarter))));
        return all;
    }

    private List<NamedCsvRecord> rows(String node, Period quarter) {
        return CsvReader.builder().ofNamedCsvRecord(csv(SEED, node, List.of(quarter))).stream()
                .toList();
    }

    private static String csv(long seed, String node, List<Period> quarters) {
        return new SyntheticCosts(seed).csv(node, sites(node), quarters);
    }

    private static List<StudySite> sites(String node) {
        return StudySite.parse(new String(DEMO.get(node + "/site.csv"), UTF_8));
    }

    /** Eight quarters from the first that the dataset has. */
    private static List<Period> quarters() {
        List<Period> quarters = new ArrayList<>();
        for (Period quarter = Period.parse("2024-Q1"); quarters.size() < 8; quarter = quarter.next()) {
            quarters.add(quarter);
        }
        return quarters;
    }
}
