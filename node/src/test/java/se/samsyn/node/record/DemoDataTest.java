package se.samsyn.node.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import se.samsyn.node.Json;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.store.Columns;

/** The demo's real trials import without a fault, with the warnings that are known, and hold no person. */
final class DemoDataTest {
    static final Map<String, byte[]> FILES = NetworkFiles.resources("/se/samsyn/config/demo");

    /** Each node's folder and scope. */
    static final Map<String, String[]> SCOPES = Map.of(
            "norra", new String[] {"22", "23", "24", "25"},
            "mellansverige", new String[] {"03", "04", "17", "18", "19", "20", "21"},
            "stockholm-gotland", new String[] {"01", "09"},
            "vastra", new String[] {"14", "1382", "1383", "1384"},
            "sydostra", new String[] {"05", "06", "08"},
            "sodra", new String[] {"07", "10", "12", "1315", "1380", "1381"},
            "lakemedelsverket", new String[] {"-"});

    @Test
    void importsAndCountsAsItsReadmeSays() {
        String readme = new String(FILES.get("README.md"), UTF_8);
        SCOPES.keySet().forEach(name -> {
            try (TestNode node = load(name, new TreeMap<>())) {
                assertThat(readme)
                        .contains(" " + name + " | " + grouped(node.records.count(RecordKind.TRIAL)) + " | "
                                + grouped(node.records.count(RecordKind.SITE)) + " |");
                assertThat(node.scan(RecordKind.TRIAL)).hasSize((int) node.records.count(RecordKind.TRIAL));
            }
        });
    }

    @Test
    void warnsOfExactlyTheWordsThatNobodyCanMap() {
        Map<String, Long> warnings = new TreeMap<>();
        SCOPES.keySet().forEach(name -> load(name, warnings).close());

        assertThat(warnings)
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("phase 0", 1L),
                        Map.entry("phase discordant", 99L),
                        Map.entry("sponsor_class Industry or mixed", 35L),
                        Map.entry("sponsor_class Other|Industry", 3L),
                        Map.entry("sponsor_class mixed/unclear", 77L),
                        Map.entry("status Any Completed, none Prematurely Ended", 37L),
                        Map.entry("status Any Prematurely Ended", 5L),
                        Map.entry("status Not yet recruiting", 10L),
                        Map.entry("status all-complete-or-terminated", 793L),
                        Map.entry("status ongoing", 652L),
                        Map.entry("status some-complete-or-terminated", 1559L),
                        Map.entry("status suspended/other", 39L),
                        Map.entry("trial_id ", 2757L))));
    }

    @Test
    void changesNothingTheSecondTime() {
        try (TestNode node = load("sodra", new TreeMap<>())) {
            for (RecordKind kind : List.of(RecordKind.TRIAL, RecordKind.SITE)) {
                ImportReport again = node.imports.importCsv(kind, file("sodra", kind));
                assertThat(again.unchanged()).isEqualTo(again.rows()).isPositive();
            }
        }
    }

    @Test
    void keepsNothingOfAPerson() {
        Set<String> filled = new HashSet<>();
        SCOPES.keySet().forEach(name -> {
            try (TestNode node = load(name, new TreeMap<>())) {
                node.store.forEach(Columns.TRIAL, (key, value) -> addFilled(value, filled));
                node.store.forEach(Columns.SITE, (key, value) -> addFilled(value, filled));
            }
        });
        assertThat(filled)
                .containsExactlyInAnyOrder(
                        "trial_id",
                        "other_ids",
                        "registry",
                        "sponsor_class",
                        "study_type",
                        "phase",
                        "status",
                        "start_date",
                        "end_date",
                        "therapy_area",
                        "intervention",
                        "atmp_class",
                        "decentralised",
                        "low_intervention",
                        "registry_based",
                        "rare_disease",
                        "city",
                        "region",
                        "role");
        FILES.forEach(
                (path, file) -> assertThat(new String(file, UTF_8)).as(path).doesNotContain("@"));
    }

    @Test
    void splitsHallandByMunicipality() {
        for (String name : List.of("sodra", "vastra")) {
            try (TestNode node = load(name, new TreeMap<>())) {
                SourceRecord trial = node.scan(RecordKind.TRIAL).stream()
                        .filter(record -> record.key().equals("NCT04433364"))
                        .findFirst()
                        .orElseThrow();
                assertThat(trial.texts("places")).contains(name.equals("sodra") ? "1380" : "1383");
                assertThat(trial.texts("places")).doesNotContain("13");
            }
        }
    }

    /** A node with a demo folder's records; adds to the warnings by column and value. */
    static TestNode load(String name, Map<String, Long> warnings) {
        TestNode node = TestNode.covering(SCOPES.get(name));
        node.imports.importCsv(RecordKind.TRIAL, file(name, RecordKind.TRIAL)).warnings().stream()
                .filter(warning -> !warning.meaning().contains("NOT COUNTED"))
                .forEach(warning ->
                        warnings.merge(warning.column() + " " + warning.value(), warning.count(), Long::sum));
        ImportReport sites = node.imports.importCsv(RecordKind.SITE, file(name, RecordKind.SITE));
        assertThat(sites.warnings()).hasSize(name.equals("lakemedelsverket") ? 1 : 0);
        return node;
    }

    static byte[] file(String name, RecordKind kind) {
        return FILES.get(name + "/" + kind.wireName() + ".csv");
    }

    private static void addFilled(byte[] record, Set<String> filled) {
        JsonNode json = Json.parse(record);
        json.properties().forEach(field -> {
            JsonNode value = field.getValue();
            boolean empty = value.isArray()
                    ? value.isEmpty()
                    : value.isNull() || value.asText().isEmpty();
            if (!empty) {
                filled.add(field.getKey());
            }
        });
    }

    private static String grouped(long count) {
        return String.format(Locale.ENGLISH, "%,d", count);
    }
}
