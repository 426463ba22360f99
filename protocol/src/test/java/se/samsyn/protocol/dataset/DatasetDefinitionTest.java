package se.samsyn.protocol.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;

class DatasetDefinitionTest {
    @Test
    void readsATableDataset() {
        DatasetDefinition costs = TestDefinitions.costs();

        assertThat(costs.dataset()).isEqualTo("costs");
        assertThat(costs.title()).isEqualTo(Map.of("sv", "Kostnader", "en", "Costs"));
        assertThat(costs.period().first()).isEqualTo(Period.parse("2024-Q1"));
        assertThat(costs.register()).isEmpty();
        Table table = costs.table("home-region").orElseThrow();
        assertThat(table.measures())
                .extracting(Measure::name)
                .containsExactly("participants", "items", "amountOre", "creditOre");
        assertThat(table.personsIndex()).isZero();
        assertThat(table.rule().k()).isEqualTo(5);
        assertThat(table.measures().get(2).except().orElseThrow().holds("credit-note"))
                .isTrue();
        assertThat(table.dimensions().get(0).codes().indexOf("12")).isEqualTo(2);
    }

    @Test
    void readsARegister() {
        RegisterRule register = TestDefinitions.trials().register().orElseThrow();

        assertThat(register.attributes()).extracting(Dimension::name).containsExactly("phase", "sponsor-class");
        assertThat(register.indexOfAttribute("sponsor-class")).isEqualTo(1);
        assertThat(register.indexOfAttribute("status")).isEqualTo(-1);
        assertThat(register.places().codes().topOf("1380")).isEqualTo("13");
        assertThat(register.places().codes().topOf("12")).isEqualTo("12");
    }

    @Test
    void encodesWhatItParsedToTheSameBytes() {
        for (String authored : new String[] {
            TestDefinitions.authoredCosts(),
            TestDefinitions.authoredTrials(),
            TestDefinitions.authoredOpenTrials(),
            TestDefinitions.authoredUnits(),
            TestDefinitions.authoredGrants(),
            TestDefinitions.authoredSettlement(),
            TestDefinitions.authoredQuality(),
            TestDefinitions.authoredTrialsWithReserves(),
            TestDefinitions.authoredTimedTrials()
        }) {
            byte[] resolved = TestDefinitions.resolve(authored);
            DatasetDefinition definition = DatasetDefinition.parse(resolved);

            assertThat(definition.encode()).isEqualTo(resolved);
            assertThat(definition.hash()).isEqualTo(Hash.sha256(resolved));
        }
    }

    @Test
    void commitsToItsCodeListsByHash() {
        String authored = TestDefinitions.authoredTrials();
        byte[] other = DatasetDefinition.resolve(
                TestDefinitions.bytes(authored),
                name -> name.equals("phase")
                        ? TestDefinitions.bytes(TestDefinitions.codeList("phase", "I", "II", "unknown"))
                        : TestDefinitions.codeListNamed(name));

        assertThat(Hash.sha256(other)).isNotEqualTo(Hash.sha256(TestDefinitions.resolve(authored)));
    }

    @Test
    void refusesAnAuthoredDefinitionWhereAResolvedOneIsExpected() {
        String canonical = TestDefinitions.authoredCosts().replaceAll("\\s*\\n\\s*", "");
        assertThatThrownBy(() -> DatasetDefinition.parse(TestDefinitions.bytes(canonical)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("canonical");
    }

    @Test
    void refusesToResolveWithACodeListOfAnotherName() {
        byte[] authored = TestDefinitions.bytes(TestDefinitions.authoredTrials());
        assertThatThrownBy(() -> DatasetDefinition.resolve(authored, name -> TestDefinitions.codeListNamed("place")))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("the code list of the name phase calls itself place");
    }

    @Test
    void refusesToResolveWhatIsResolved() {
        byte[] resolved = TestDefinitions.resolve(TestDefinitions.authoredTrials());
        assertThatThrownBy(() -> DatasetDefinition.resolve(resolved, TestDefinitions::codeListNamed))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("names its code lists");
    }

    @Test
    void readsAMeasureThatIsDeclaredToBeWithinAnother() {
        byte[] resolved = TestDefinitions.resolve(TestDefinitions.authoredCosts()
                .replace("\"name\":\"creditOre\"", "\"name\":\"creditOre\",\"within\":\"amountOre\""));
        DatasetDefinition definition = DatasetDefinition.parse(resolved);

        assertThat(definition.measures())
                .extracting(measure -> measure.within().orElse("-"))
                .containsExactly("-", "-", "-", "amountOre");
        assertThat(definition.encode()).isEqualTo(resolved);
    }

    static Stream<Arguments> faultyCosts() {
        return Stream.of(
                Arguments.of(
                        "\"name\":\"amountOre\"",
                        "\"name\":\"amountOre\",\"within\":\"creditOre\"",
                        "measure amountOre is within \"creditOre\", expected a measure of the same kind that comes before"),
                Arguments.of(
                        "\"name\":\"items\"",
                        "\"name\":\"items\",\"within\":\"participants\"",
                        "measure items is within \"participants\", expected a measure of the same kind"),
                Arguments.of("\"version\":1", "\"version\":1,\"colour\":\"red\"", "colour"),
                Arguments.of("\"version\":1", "\"version\":0", "/version"),
                Arguments.of("\"dataset\":\"costs\"", "\"dataset\":\"Costs\"", "/dataset"),
                Arguments.of("\"en\":\"Costs\"", "\"en\":\"\"", "/title/en"),
                Arguments.of(
                        "\"name\":\"home-region\",\"field\"",
                        "\"name\":\"home_region\",\"field\"",
                        "/dimensions/0/name"),
                Arguments.of("\"name\":\"items\"", "\"name\":\"item-count\"", "/measures/1/name"),
                Arguments.of(
                        "{\"name\":\"items\",\"aggregate\":\"count\"}",
                        "{\"name\":\"items\",\"aggregate\":\"count\"},{\"name\":\"items\",\"aggregate\":\"count\"}",
                        "measure \"items\" occurs twice"),
                Arguments.of(
                        "\"dimensions\":[\"home-region\"]",
                        "\"dimensions\":[\"study-region\"]",
                        "names the dimension \"study-region\", expected one of home-region"),
                Arguments.of(
                        "\"measures\":[\"participants\"",
                        "\"measures\":[\"participants\",\"visits\"",
                        "names the measure \"visits\", expected one of participants, items, amountOre, creditOre"),
                Arguments.of("\"measures\":[\"participants\",", "\"measures\":[", "protected by \"participants\""),
                Arguments.of("\"persons\":\"participants\"", "\"persons\":\"items\"", "protected by \"items\""),
                Arguments.of("\"k\":5", "\"k\":4", "/k"),
                Arguments.of("\"dominancePercent\":85", "\"dominancePercent\":49", "/dominancePercent"),
                Arguments.of("\"dominancePercent\":85", "\"dominancePercent\":101", "/dominancePercent"),
                Arguments.of("\"granularity\":\"quarter\"", "\"granularity\":\"week\"", "/period/granularity"),
                Arguments.of("\"first\":\"2024-Q1\"", "\"first\":\"2024-Q5\"", "/period/first"),
                Arguments.of("\"first\":\"2024-Q1\"", "\"first\":\"2024\"", "by quarter cannot begin with 2024"),
                Arguments.of("\"first\":\"2024-Q1\"", "\"first\":\"0024-Q1\"", "1900..2999"),
                Arguments.of("\"dueDays\":45", "\"dueDays\":-1", "/period/dueDays"),
                Arguments.of("\"dueDays\":45", "\"dueDays\":1.5", "fraction"),
                Arguments.of("\"codes\":\"region\"", "\"codes\":\"regions\"", "no code list called regions"),
                Arguments.of(
                        "{\"name\":\"items\",\"aggregate\":\"count\"}",
                        "{\"name\":\"items\",\"aggregate\":\"count\",\"field\":\"x\"}",
                        "a count has none"),
                Arguments.of(
                        "\"aggregate\":\"distinct\",\"field\":\"participant\"",
                        "\"aggregate\":\"distinct\"",
                        "a distinct have a field"),
                Arguments.of("\"aggregate\":\"count\"", "\"aggregate\":\"mean\"", "/measures/1/aggregate"));
    }

    @ParameterizedTest
    @MethodSource("faultyCosts")
    void refusesAFaultyTableDatasetNamingTheFault(String right, String wrong, String named) {
        assertRefuses(TestDefinitions.authoredCosts(), right, wrong, named);
    }

    static Stream<Arguments> faultyTrials() {
        return Stream.of(
                Arguments.of("\"name\":\"sponsor-class\"", "\"name\":\"phase\"", "attribute \"phase\" occurs twice"),
                Arguments.of("\"name\":\"sponsor-class\"", "\"name\":\"region\"", "attribute \"region\" occurs twice"),
                Arguments.of("\"name\":\"sponsor-class\"", "\"name\":\"start\"", "cannot be called \"start\""),
                Arguments.of("\"codes\":\"sponsor-class\"", "\"codes\":\"place\"", "ends with \"unknown\""),
                Arguments.of("\"codes\":\"place\"", "\"codes\":\"region\"", "lacks the code \"-\""),
                Arguments.of(
                        "\"granularity\":\"year\",\"field\":\"start\",\"first\":\"2018\"",
                        "\"granularity\":\"month\",\"field\":\"start\",\"first\":\"2018-01\"",
                        "whose periods are years"),
                Arguments.of("\"register\":{", "\"tables\":[],\"register\":{", "/tables"));
    }

    @ParameterizedTest
    @MethodSource("faultyTrials")
    void refusesAFaultyRegisterNamingTheFault(String right, String wrong, String named) {
        assertRefuses(TestDefinitions.authoredTrials(), right, wrong, named);
    }

    static Stream<Arguments> faultyCodeLists() {
        return Stream.of(
                Arguments.of(TestDefinitions.codeList("region", "01").replace("01", "0 1"), "/codes/0/code"),
                Arguments.of(
                        TestDefinitions.codeList("region", "01", "03").replace("\"code\":\"03\"", "\"code\":\"01\""),
                        "code \"01\" occurs twice"),
                Arguments.of(TestDefinitions.codeList("region", "01>02"), "the parent of \"01\""),
                Arguments.of(TestDefinitions.codeList("region", "01", "02>01", "03>02"), "the parent of \"03\""),
                Arguments.of(
                        TestDefinitions.codeList("region", "01#5").replace("\"countedOn\":\"2019-12-31\",", ""),
                        "says when inhabitants were counted if, and only if"),
                Arguments.of(TestDefinitions.codeList("region", "01#5").replace("12-31", "02-30"), "countedOn"),
                Arguments.of(TestDefinitions.codeList("region", "01#0"), "/codes/0/inhabitants"),
                Arguments.of("{\"name\":\"region\",\"codes\":[]}", "/codes"));
    }

    @ParameterizedTest
    @MethodSource("faultyCodeLists")
    void refusesAFaultyCodeListNamingTheFault(String list, String named) {
        byte[] authored = TestDefinitions.bytes(TestDefinitions.authoredCosts());
        assertThatThrownBy(() -> DatasetDefinition.resolve(
                        authored,
                        name -> name.equals("region")
                                ? list.getBytes(StandardCharsets.UTF_8)
                                : TestDefinitions.codeListNamed(name)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(named);
    }

    private static void assertRefuses(String authored, String right, String wrong, String named) {
        assertThat(authored).contains(right);
        assertThatThrownBy(() -> TestDefinitions.resolve(authored.replace(right, wrong)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "\"open\":[\"recruiting\"] # \"open\":[\"running\"] # which is not in code list status",
                "\"open\":[\"recruiting\"] # \"open\":[\"completed\"] # \"completed\" twice",
                "\"overlap\":{\"status\":\"status\" # \"overlap\":{\"status\":\"state\" # which is no attribute",
                "\"type\":\"icd-10-se\" # \"type\":\"date\" # a term of a register may have several values",
                "\"name\":\"condition\" # \"name\":\"phase\" # attribute \"phase\" occurs twice",
                "\"type\":\"icd-10-se\" # \"type\":\"codes\" # codes",
                "\"roles\":\"site-role\" # \"roles\":\"product\" # ends with \"unknown\""
            })
    void refusesTermsSitesAndOverlapsThatCannotBe(String right, String wrong, String reason) {
        String authored = TestDefinitions.authoredOpenTrials();
        assertThat(authored).contains(right);

        assertThatThrownBy(() -> DatasetDefinition.parse(TestDefinitions.resolve(authored.replace(right, wrong))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }
}
