package se.samsyn.node.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.settlement.SettledTotals;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.ColumnType;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;

/** The files of {@code config/network} say what they are meant to say. */
final class AgreedNetworkTest {
    private static final NetworkFiles FILES = NetworkFiles.shipped();
    private static final AgreedWords WORDS = new AgreedWords(FILES);

    @Test
    void definesTheseDatasets() {
        assertThat(FILES.definitions())
                .extracting(DatasetDefinition::dataset)
                .containsExactly(
                        "atmp",
                        "capacity",
                        "centres",
                        "cohorts",
                        "costs",
                        "grant-dues",
                        "grants",
                        "informed-afterwards",
                        "lead-times",
                        "measures",
                        "quality",
                        "recruitment",
                        "settlement",
                        "trials",
                        "units");
    }

    @Test
    void namesOnlyFieldsThatRecordsHave() {
        try (TestNode node = TestNode.covering("12")) {
            node.importCsv(RecordKind.TRIAL, "trial_id,submitted_date\n2018-001234-12,2018-01\n");
            node.importCsv(RecordKind.SITE, "trial_id,region\n2018-001234-12,12\n");
            node.importCsv(RecordKind.COST_ITEM, """
                    item_id,trial_id,participant,home_region,study_region,date,category,amount_ore
                    1,2018-001234-12,P-1,14,12,2024-02-29,visit,125000
                    """);
            node.importCsv(
                    RecordKind.PARTICIPATION,
                    "trial_id,home_region,study_region,month,informed\n2018-001234-12,14,12,2024-02,3\n");
            node.importCsv(RecordKind.TRIAL_UNIT, "unit_id,quarter,hospital,region\na,2024-Q3,SUS,12\n");
            node.importCsv(
                    RecordKind.ATMP_CENTRE, "product,hospital,region,state,since_date\np,SUS,12,treating,2023-05\n");
            node.importCsv(RecordKind.GRANT, "grant_id,programme,year,amount_ore\ng,alf,2024,5\n");
            node.importCsv(
                    RecordKind.MEASURE_STATUS,
                    "proposal,colour,date,set_by,reference\n1,red,2020-11-30,somebody,page 1\n");
            node.importCsv(
                    RecordKind.COHORT_COUNT,
                    "year,region,condition_group,age_band,sex,patients\n2024,12,C81-C96,40-64,female,7\n");
            for (DatasetDefinition definition : FILES.definitions()) {
                if (definition.record().equals(SettledTotals.KIND)) {
                    // made of what two have signed, not of records; SettlementTest reads them
                    continue;
                }
                SourceRecord record = node.scan(definition.record()).get(0);
                for (Dimension dimension : singleValued(definition)) {
                    if (dimension.codes().upTo().isPresent()) {
                        assertThat(record.text(dimension.field())).containsPattern("^[0-9]*$");
                        continue;
                    }
                    assertThat(dimension.codes().indexOf(record.text(dimension.field())))
                            .as(dimension.name())
                            .isNotNegative();
                }
                definition.measures().forEach(measure -> measure.field().ifPresent(field -> read(record, field)));
                definition
                        .tables()
                        .forEach(table -> table.disclosure()
                                .ifPresent(rule -> assertThat(record.text(rule.contributor()))
                                        .isNotNull()));
                record.text(definition.period().field());
                definition.roster().ifPresent(rule -> {
                    rule.id().ifPresent(id -> assertThat(record.text(id)).isNotEmpty());
                    rule.columns().forEach(column -> {
                        if (column.type() == ColumnType.NUMBER) {
                            assertThat(record.number(column.field())).isNotNegative();
                        } else if (column.type().isMany()) {
                            assertThat(record.texts(column.field())).isNotNull();
                        } else {
                            assertThat(record.text(column.field())).isNotNull();
                        }
                    });
                });
                definition.register().ifPresent(rule -> {
                    rule.end().ifPresent(record::text);
                    rule.terms().forEach(term -> record.texts(term.field()));
                    rule.sites()
                            .ifPresent(sites ->
                                    assertThat(record.texts(sites.field())).isNotEmpty());
                });
            }
        }
    }

    private static List<Dimension> singleValued(DatasetDefinition definition) {
        List<Dimension> dimensions = new ArrayList<>(definition.dimensions());
        definition.register().ifPresent(rule -> dimensions.addAll(rule.attributes()));
        return dimensions;
    }

    private static void read(SourceRecord record, String field) {
        if (field.equals("participant")) {
            assertThat(record.text(field)).isNotEmpty();
        } else {
            assertThat(record.number(field)).isNotNegative();
        }
    }

    @Test
    void endsEveryListWithWhatIsNotKnown() {
        for (String name : List.of(
                "phase",
                "status",
                "sponsor-class",
                "study-type",
                "region",
                "cost-category",
                "cost-bearer",
                "invoice-state",
                "site-role")) {
            CodeList list = WORDS.codes(name);
            assertThat(list.codes().get(list.size() - 1).code()).as(name).isEqualTo(CodeList.UNKNOWN);
        }
        CodeList places = WORDS.codes("place");
        assertThat(places.codes().get(places.size() - 1).code()).isEqualTo(CodeList.UNKNOWN_PLACE);
    }

    @Test
    void hasTheSameRegionsInEveryFile() {
        List<String> regions = codes("region");
        List<String> places = codes("place");
        List<List<String>> table = regionTable();

        assertThat(regions).hasSize(22);
        assertThat(places).hasSize(21 + 6 + 1);
        assertThat(places.stream().filter(code -> code.length() == 2))
                .containsExactlyElementsOf(regions.subList(0, 21));
        assertThat(table.stream().map(row -> row.get(0)))
                .containsExactlyElementsOf(places.subList(0, places.size() - 1));
    }

    @Test
    void countsThePopulationThatStatisticsSwedenCounted() {
        assertThat(population("")).isEqualTo(10_327_589);
        assertThat(population("13")).isEqualTo(333_848);
    }

    @Test
    void tellsTheSameInhabitantsInTheCodeListsAsInTheTable() {
        Map<String, Long> table =
                regionTable().stream().collect(Collectors.toMap(row -> row.get(0), row -> Long.parseLong(row.get(5))));
        Map<String, Long> counties = new TreeMap<>(table);
        counties.keySet().removeIf(code -> code.length() > 2);

        assertThat(inhabitants("place")).isEqualTo(table);
        assertThat(inhabitants("region")).isEqualTo(counties);
    }

    @Test
    void givesEveryPlaceAHealthcareRegionButHallandAsAWhole() {
        assertThat(regionTable()).allSatisfy(row -> {
            if (row.get(0).equals("13")) {
                assertThat(row.get(4)).isEmpty();
            } else {
                assertThat(row.get(4))
                        .isIn("norra", "mellansverige", "stockholm-gotland", "vastra", "sydostra", "sodra");
            }
        });
    }

    private static List<String> codes(String list) {
        return WORDS.codes(list).codes().stream().map(Code::code).collect(Collectors.toList());
    }

    private static Map<String, Long> inhabitants(String list) {
        return WORDS.codes(list).codes().stream()
                .filter(code -> code.inhabitants().isPresent())
                .collect(Collectors.toMap(Code::code, code -> code.inhabitants().getAsLong()));
    }

    private static long population(String partOf) {
        return regionTable().stream()
                .filter(row -> row.get(1).equals(partOf))
                .mapToLong(row -> Long.parseLong(row.get(5)))
                .sum();
    }

    private static List<List<String>> regionTable() {
        return new String(FILES.read("regions.csv"), UTF_8)
                .lines()
                .skip(1)
                .map(line -> List.of(line.split(",", -1)))
                .toList();
    }
}
