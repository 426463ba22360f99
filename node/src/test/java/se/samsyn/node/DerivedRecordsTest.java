package se.samsyn.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.record.RecordKind;

/** What three nodes work out of their records, and the national figures beside a count over all that was written down. */
final class DerivedRecordsTest {
    @RegisterExtension
    static final TestFederation FEDERATION = TestFederation.of("norra", "vastra", "sodra");

    private static final Map<String, String> PLACES = Map.of("norra", "24", "vastra", "14", "sodra", "12");
    private static final List<Integer> PERCENTS = List.of(10, 25, 50, 75, 90);
    /** Days with a code of their own. */
    private static final int UP_TO = 1095;

    private final Random random = new Random(20_261_127);
    private final List<Wait> waits = new ArrayList<>();

    /** One site that had its contract on a day and was ready so many days later. */
    private record Wait(LocalDate contract, int days) {}

    @Test
    void leadTimesGiveThePercentilesOfAllSitesTogether() {
        PLACES.forEach(this::importAndRelease);

        TestFederation.soon().untilAsserted(() -> {
            for (RegionNode node : FEDERATION.nodes()) {
                JsonNode derived = node.view(
                                "lead-times",
                                "table",
                                "step-days",
                                "from",
                                "2023",
                                "to",
                                "2024",
                                "derive",
                                "percentiles")
                        .json()
                        .path("derived");
                for (int year : new int[] {2023, 2024}) {
                    assertPercentiles(year, row(derived, year));
                }
            }
        });
    }

    @Test
    void findingsAddUpByTheYearsOfTheirTrialsAlsoWhereThatIsUnknown() {
        Map<String, Long> expected = new TreeMap<>();
        PLACES.forEach((node, place) -> {
            StringBuilder trials = new StringBuilder("trial_id,start_date,end_date\n");
            StringBuilder sites = new StringBuilder("trial_id,hospital,region\n");
            for (int i = 0; i < 40; i++) {
                String id = "NCT" + place + (200_000 + i);
                boolean isDated = random.nextBoolean();
                boolean isExact = random.nextBoolean();
                boolean isOrdered = random.nextBoolean();
                String start = isDated ? "2021-0" + (3 + random.nextInt(6)) + (isExact ? "-17" : "") : "";
                String end = isOrdered ? "2022-11-30" : "2020-11-30";
                trials.append(id)
                        .append(',')
                        .append(start)
                        .append(',')
                        .append(end)
                        .append('\n');
                sites.append(id).append(",A hospital,").append(place).append('\n');
                String year = isDated ? "2021" : "unknown";
                if (isDated && !isExact) {
                    expected.merge(year + " inexact-date", 1L, Long::sum);
                }
                if (isDated && !isOrdered) {
                    expected.merge(year + " dates-out-of-order", 1L, Long::sum);
                }
                // phase, status, sponsor class, study type and therapy area are in no row
                expected.merge(year + " unknown-attribute", 5L, Long::sum);
            }
            FEDERATION.node(node).importRecords(RecordKind.TRIAL, trials.toString());
            FEDERATION.node(node).importRecords(RecordKind.SITE, sites.toString());
            FEDERATION.node(node).node().intake().release("quality", Set.of());
        });

        TestFederation.soon().untilAsserted(() -> {
            for (RegionNode node : FEDERATION.nodes()) {
                Map<String, Long> told = new TreeMap<>();
                for (JsonNode row : node.view("quality").json().path("rows")) {
                    String key =
                            row.path("period").asText() + " " + row.path("kind").asText();
                    long findings =
                            row.path("values").path("findings").path("exact").asLong();
                    if (findings > 0 && expected.containsKey(key)) {
                        told.put(key, findings);
                    }
                }
                assertThat(told).as(node.name()).isEqualTo(expected);
            }
        });
    }

    private void importAndRelease(String node, String place) {
        StringBuilder trials = new StringBuilder("trial_id,status,sponsor_class,start_date\n");
        StringBuilder sites = new StringBuilder("trial_id,hospital,region,contract_date,site_ready_date\n");
        for (int i = 0; i < 40; i++) {
            String id = "NCT" + place + (100_000 + i);
            Wait wait = new Wait(LocalDate.of(2023, 1, 1).plusDays(random.nextInt(700)), random.nextInt(1_500));
            waits.add(wait);
            trials.append(id).append(",recruiting,commercial,2015-01-01\n");
            sites.append(String.join(
                            ",",
                            id,
                            "A hospital",
                            place,
                            wait.contract.toString(),
                            wait.contract.plusDays(wait.days).toString()))
                    .append('\n');
        }
        FEDERATION.node(node).importRecords(RecordKind.TRIAL, trials.toString());
        FEDERATION.node(node).importRecords(RecordKind.SITE, sites.toString());
        FEDERATION.node(node).node().intake().release("lead-times", Set.of());
    }

    private void assertPercentiles(int year, JsonNode row) {
        List<Integer> sorted = waits.stream()
                .filter(wait -> wait.contract.getYear() == year)
                .map(Wait::days)
                .sorted()
                .toList();
        assertThat(row.path("told").path("exact").asLong()).isEqualTo(sorted.size());
        for (int percent : PERCENTS) {
            int expected = sorted.get((sorted.size() * percent + 99) / 100 - 1);
            assertThat(row.path("percentiles").path("p" + percent))
                    .as(year + " p" + percent)
                    .hasToString(expected > UP_TO ? "{\"atLeast\":1096}" : "{\"exact\":" + expected + "}");
        }
    }

    private static JsonNode row(JsonNode derived, int year) {
        for (JsonNode row : derived.path("rows")) {
            if (row.path("period").asText().equals(Integer.toString(year))
                    && row.path("step").asText().equals("contract-to-site-ready")) {
                return row;
            }
        }
        throw new AssertionError("no row of " + year + " in " + derived);
    }
}
