package se.samsyn.node.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Counts the demo's files a second time, by an independent route: lines split at commas, words mapped here by hand.
 * It shares no code with the importers, the vocabularies or the record store, whose counts it checks.
 */
final class DemoCountsTest {
    private static final String COMMA_OUTSIDE_QUOTES = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

    private static final List<SourceRecord> IMPORTED = new ArrayList<>();
    private static final List<Map<String, String>> TRIALS = new ArrayList<>();
    private static final List<Map<String, String>> SITES = new ArrayList<>();

    @BeforeAll
    static void readBothWays() {
        for (String name : DemoDataTest.SCOPES.keySet()) {
            TRIALS.addAll(rows(name + "/trial.csv"));
            SITES.addAll(rows(name + "/site.csv"));
            try (TestNode node = DemoDataTest.load(name, new TreeMap<>())) {
                IMPORTED.addAll(node.scan(RecordKind.TRIAL));
            }
        }
    }

    @AfterAll
    static void forget() {
        List.of(IMPORTED, TRIALS, SITES).forEach(List::clear);
    }

    @Test
    void hasEveryTrialOfTheSources() {
        Set<String> numbers = new HashSet<>();
        TRIALS.forEach(row -> numbers.add(row.get("trial_id")));

        assertThat(numbers).hasSize(3752);
        assertThat(IMPORTED).hasSameSizeAs(TRIALS).hasSize(3785);
        assertThat(distinct(IMPORTED, SourceRecord::key)).isEqualTo(numbers);
    }

    @Test
    void countsTheSameByPhase() {
        assertThat(byAttribute("phase"))
                .isEqualTo(byWord("phase", row -> switch (row.get("registry") + " " + row.get("phase")) {
                    case "euctr 1", "ctgov Phase 1", "ctgov PHASE1", "ctgov Early Phase 1" -> "I";
                    case "ctgov Phase 1/Phase 2", "ctgov PHASE1/PHASE2" -> "I/II";
                    case "euctr 2", "ctgov Phase 2", "ctgov PHASE2" -> "II";
                    case "ctgov Phase 2/Phase 3", "ctgov PHASE2/PHASE3" -> "II/III";
                    case "euctr 3", "ctgov Phase 3", "ctgov PHASE3" -> "III";
                    case "euctr 4", "ctgov Phase 4", "ctgov PHASE4" -> "IV";
                    case "ctgov Not Applicable", "ctgov NA" -> "none";
                    default -> "unknown";
                }));
    }

    @Test
    void countsTheSameByStatus() {
        assertThat(byAttribute("status")).isEqualTo(byWord("status", row -> switch (row.get("status")) {
            case "Completed", "COMPLETED" -> "completed";
            case "Recruiting", "RECRUITING", "Enrolling by invitation" -> "recruiting";
            case "Active, not recruiting", "ACTIVE_NOT_RECRUITING" -> "closed-to-recruitment";
            case "Terminated" -> "stopped-early";
            default -> "unknown";
        }));
    }

    @Test
    void countsTheSameBySponsorClass() {
        assertThat(byAttribute("sponsorClass"))
                .isEqualTo(byWord("sponsorClass", row -> switch (row.get("sponsor_class")) {
                    case "commercial", "Industry", "INDUSTRY" -> "commercial";
                    case "non-commercial", "Only non-industry", "Other", "OTHER", "OTHER_GOV" -> "non-commercial";
                    default -> "unknown";
                }));
    }

    @Test
    void countsTheSameByStudyType() {
        assertThat(byAttribute("studyType"))
                .isEqualTo(byWord("studyType", row -> row.get("study_type").isEmpty() ? "unknown" : "drug-trial"));
    }

    @Test
    void countsTheSameByStartYear() {
        Map<String, Set<String>> imported = new TreeMap<>();
        IMPORTED.forEach(trial -> {
            String start = trial.text("start");
            add(imported, start.isEmpty() ? "" : start.substring(0, 4), trial.key());
        });
        Map<String, Set<String>> counted = new TreeMap<>();
        TRIALS.forEach(row -> add(counted, row.get("start_date").split("-", 2)[0], row.get("trial_id")));

        assertThat(imported).isEqualTo(counted);
    }

    @Test
    void countsTheSameByPlace() {
        Map<String, Set<String>> imported = new TreeMap<>();
        IMPORTED.forEach(trial -> trial.texts("places").forEach(place -> add(imported, place, trial.key())));
        Map<String, Set<String>> counted = new TreeMap<>();
        SITES.forEach(row -> add(counted, row.get("region"), row.get("trial_id")));
        Set<String> placed = new HashSet<>();
        counted.values().forEach(placed::addAll);
        TRIALS.stream()
                .map(row -> row.get("trial_id"))
                .filter(trial -> !placed.contains(trial))
                .forEach(trial -> add(counted, "-", trial));

        assertThat(imported).isEqualTo(counted);
        assertThat(counted.get("-")).hasSize(2757);
    }

    private static Map<String, Set<String>> byAttribute(String field) {
        Map<String, Set<String>> trials = new TreeMap<>();
        IMPORTED.forEach(trial -> add(trials, trial.text(field), trial.key()));
        return trials;
    }

    private static Map<String, Set<String>> byWord(String attribute, Function<Map<String, String>, String> code) {
        Map<String, Set<String>> trials = new TreeMap<>();
        TRIALS.forEach(row -> add(trials, code.apply(row), row.get("trial_id")));
        assertThat(trials).as(attribute).hasSizeGreaterThan(1);
        return trials;
    }

    private static void add(Map<String, Set<String>> groups, String group, String trial) {
        groups.computeIfAbsent(group, name -> new TreeSet<>()).add(trial);
    }

    private static Set<String> distinct(List<SourceRecord> records, Function<SourceRecord, String> key) {
        Set<String> keys = new HashSet<>();
        records.forEach(record -> keys.add(key.apply(record)));
        return keys;
    }

    private static List<Map<String, String>> rows(String path) {
        List<String> lines =
                new String(DemoDataTest.FILES.get(path), UTF_8).lines().toList();
        String[] header = lines.get(0).split(",");
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(COMMA_OUTSIDE_QUOTES, -1);
            assertThat(cells).as(line).hasSameSizeAs(header);
            Map<String, String> row = new TreeMap<>();
            for (int i = 0; i < cells.length; i++) {
                row.put(header[i], cells[i].replace("\"", ""));
            }
            rows.add(row);
        }
        return rows;
    }
}
