package se.samsyn.node.tabulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.node.tabulate.TestDefinitions.COLOURS;
import static se.samsyn.node.tabulate.TestDefinitions.care;
import static se.samsyn.node.tabulate.TestRecord.item;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.summary.RegisterRow;
import se.samsyn.protocol.summary.RegisterSite;
import se.samsyn.protocol.summary.Values;

class TabulatorTest {
    private static final RawAccess ACCESS = RawAccess.forProtection();
    private static final Period Q3 = Period.parse("2024-Q3");

    private static Map<Period, Tabulation> tabulate(DatasetDefinition definition, TestRecord... records) {
        return new Tabulator().tabulate(definition, TestRecord.source(List.of(records)));
    }

    private static RawTable table(Map<Period, Tabulation> tabulations, Period period) {
        return ((RawTables) tabulations.get(period)).tables(ACCESS).get(0);
    }

    private static List<RegisterRow> rows(Map<Period, Tabulation> tabulations, String period) {
        return ((RawRegister) tabulations.get(Period.parse(period))).rows(ACCESS);
    }

    private static TestRecord trial(String start, String phase, List<String> places, String... ids) {
        return new TestRecord("trial", Map.of())
                .with("start", start)
                .with("phase", phase)
                .with("places", places)
                .with("ids", List.of(ids));
    }

    @Test
    void countsPersonsOnceAndKeepsCreditNotesApart() {
        RawTable table = table(
                tabulate(
                        care(),
                        item("p1", "t1", "red", 100),
                        item("p1", "t1", "red", 50),
                        item("p2", "t2", "red", 7),
                        item("p2", "t2", "red", 30).with("category", "credit-note"),
                        item("p1", "t1", "blue", 1)),
                Q3);

        assertThat(table.filled()).containsExactly(0, 2);
        assertThat(table.values(0)).isEqualTo(Values.of(2, 4, 157, 30));
        assertThat(table.values(1)).isEqualTo(Values.zero(4));
        assertThat(table.values(2)).isEqualTo(Values.of(1, 1, 1, 0));
        assertThat(table.persons(List.of(0, 2))).isEqualTo(2);
        assertThat(table.largestContribution(2, List.of(0))).isEqualTo(150);
        assertThat(table.largestContribution(2, List.of(0, 2))).isEqualTo(151);
        assertThat(table.largestContribution(3, List.of(0, 2))).isEqualTo(30);
    }

    @Test
    void countsAnUnknownCodeAsUnknown() {
        RawTable table = table(tabulate(care(), item("p1", "t1", "purple", 9), item("p2", "t1", "", 1)), Q3);

        assertThat(table.filled()).containsExactly(COLOURS.indexOf(CodeList.UNKNOWN));
        assertThat(table.values(5)).isEqualTo(Values.of(2, 2, 10, 0));
    }

    @Test
    void refusesACodeThatNothingStandsFor() {
        Dimension strict = new Dimension("colour", "colour", TestDefinitions.codes("colour", List.of("red", "blue")));
        DatasetDefinition definition =
                TestDefinitions.dataset(TestDefinitions.table("colour", strict, TestDefinitions.persons()));

        assertThatThrownBy(() -> tabulate(definition, item("p1", "t1", "purple", 9)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("neither \"purple\" nor a code for the unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-01, 2024-Q1",
        "2024-09-30, 2024-Q3",
        "2024-10-01, 2024-Q4",
        "2024-05, 2024-Q2",
        "2024, unknown",
        "'', unknown"
    })
    void putsARecordIntoThePeriodThatItsDateTells(String date, String period) {
        assertThat(tabulate(care(), item("p1", "t1", "red", 9).with("date", date))
                        .keySet())
                .containsExactly(Period.parse(period));
    }

    @ParameterizedTest
    @CsvSource({"31/08/2024", "2024-02-30", "24"})
    void refusesADateThatIsNone(String date) {
        assertThatThrownBy(() -> tabulate(care(), item("p1", "t1", "red", 9).with("date", date)))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void countsAPersonWithoutPseudonymAsNobody() {
        RawTable table = table(tabulate(care(), item("", "t1", "red", 9), item("", "t1", "red", 9)), Q3);

        assertThat(table.values(0)).isEqualTo(Values.of(0, 2, 18, 0));
    }

    @Test
    void refusesANegativeAmount() {
        assertThatThrownBy(() -> tabulate(care(), item("p1", "t1", "red", -1)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("record item: amountOre is -1");
    }

    @Test
    void refusesASumThatOverflows() {
        assertThatThrownBy(() -> tabulate(care(), item("p1", "t1", "red", Long.MAX_VALUE), item("p2", "t2", "red", 1)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void tabulatesNothingAsNothing() {
        RawTables empty = (RawTables) Tabulator.empty(care(), Q3);

        assertThat(tabulate(care())).isEmpty();
        assertThat(empty.tables(ACCESS).get(0).filled()).isEmpty();
        assertThat(((RawRegister) Tabulator.empty(TestDefinitions.studies(), Period.UNKNOWN)).rows(ACCESS))
                .isEmpty();
    }

    @Test
    void makesOneRowATrialInThePeriodOfItsYear() {
        Map<Period, Tabulation> tabulations = tabulate(
                TestDefinitions.studies(),
                trial("2010-08-31", "II", List.of("12"), "NCT01000002", "2009-018000-11"),
                trial("2010", "X", List.of(), "NCT01000001"),
                trial("", "I", List.of("99", "01"), "2009-018001-11"),
                trial("", "I", List.of("01"), "NCT01000003"));

        assertThat(tabulations.keySet()).containsExactly(Period.parse("2009"), Period.parse("2010"), Period.UNKNOWN);
        assertThat(rows(tabulations, "2010"))
                .extracting(
                        row -> row.ids() + " " + row.start().orElse("") + " " + row.attributes() + " " + row.places())
                .containsExactly(
                        "[2009-018000-11, NCT01000002] 2010-08-31 [II] [12]", "[NCT01000001] 2010 [unknown] [-]");
        assertThat(rows(tabulations, "2009").get(0).places()).containsExactly("-", "01");
        assertThat(rows(tabulations, "unknown")).hasSize(1);
    }

    @Test
    void tellsOfATrialCodesAndNothingThatSomebodyTyped() {
        TestRecord trial = trial("2010-08", "II", List.of("12"), "NCT01000002")
                .with("end", "2012")
                .with("conditions", List.of("C833", "D46"))
                .with("product", List.of("Alpha cel", "Anna Svensson's own"))
                .with("submitted", "2009-11-02")
                .with("decision", "")
                .with("sites", List.of("12\tmain\tA Hospital", "12\tchief\tDr Anna Svensson", "12\tmain\t"));

        RegisterRow row = rows(tabulate(TestDefinitions.studiesWithTerms(), trial), "2010")
                .get(0);

        assertThat(row.end()).contains("2012");
        assertThat(row.milestones()).containsExactly(Optional.of("2009-11-02"), Optional.empty());
        assertThat(row.terms()).containsExactly(List.of("C83.3", "D46"), List.of("alpha-cel"));
        assertThat(row.sites())
                .containsExactly(
                        new RegisterSite("12", "main", "a-hospital"),
                        new RegisterSite("12", "main", "unknown"),
                        new RegisterSite("12", "unknown", "unknown"));
    }

    @Test
    void keepsOneOfTwoEqualRowsAndBothOfTwoThatShareANumber() {
        TestRecord trial = trial("2010", "II", List.of("12"), "NCT01000001");

        Map<Period, Tabulation> tabulations =
                tabulate(TestDefinitions.studies(), trial, trial, trial.with("phase", "I"));

        assertThat(rows(tabulations, "2010")).hasSize(2);
    }

    @Test
    void refusesATrialWithoutARegistryNumber() {
        assertThatThrownBy(() -> tabulate(TestDefinitions.studies(), trial("2010", "I", List.of("12"))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("1..64 ids, not 0");
    }

    @Test
    void agreesWithCountingEachCellByItself() {
        for (int run = 0; run < 200; run++) {
            long seed = 7_000L + run;
            List<TestRecord> records = randomRecords(new SplittableRandom(seed));
            Map<Period, Tabulation> tabulations = new Tabulator().tabulate(care(), TestRecord.source(records));
            for (Period period : tabulations.keySet()) {
                for (String colour : COLOURS) {
                    Predicate<TestRecord> inCell =
                            record -> record.text("colour").equals(colour)
                                    && record.text("date")
                                            .startsWith(period.toString()
                                                    .replace("-Q3", "-08")
                                                    .replace("-Q4", "-11"));
                    assertThat(table(tabulations, period).values(COLOURS.indexOf(colour)))
                            .as("seed %d, %s %s", seed, period, colour)
                            .isEqualTo(count(records.stream().filter(inCell).toList()));
                }
            }
        }
    }

    private static Values count(List<TestRecord> records) {
        Predicate<TestRecord> isCredit = record -> record.text("category").equals("credit-note");
        return Values.of(
                records.stream().map(record -> record.text("person")).distinct().count(),
                records.size(),
                sum(records.stream().filter(isCredit.negate())),
                sum(records.stream().filter(isCredit)));
    }

    private static long sum(Stream<TestRecord> records) {
        return records.mapToLong(record -> record.number("amountOre")).sum();
    }

    private static List<TestRecord> randomRecords(SplittableRandom random) {
        List<TestRecord> records = new ArrayList<>();
        for (int i = random.nextInt(60); i > 0; i--) {
            records.add(item(
                            "p" + random.nextInt(12),
                            "t" + random.nextInt(4),
                            COLOURS.get(random.nextInt(COLOURS.size())),
                            random.nextLong(1_000_000))
                    .with("category", random.nextInt(5) == 0 ? "credit-note" : "visit")
                    .with("date", random.nextBoolean() ? "2024-08-31" : "2024-11-02"));
        }
        return records;
    }
}
