package se.samsyn.node.protect;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.tabulate.TestDefinitions.K;
import static se.samsyn.node.tabulate.TestDefinitions.colour;
import static se.samsyn.node.tabulate.TestDefinitions.dataset;
import static se.samsyn.node.tabulate.TestDefinitions.shade;
import static se.samsyn.node.tabulate.TestDefinitions.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import se.samsyn.node.tabulate.Tabulation;
import se.samsyn.node.tabulate.Tabulator;
import se.samsyn.node.tabulate.TestDefinitions;
import se.samsyn.node.tabulate.TestRecord;
import se.samsyn.protocol.dataset.Aggregate;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.DisclosureRule;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.summary.TableValues;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;
import se.samsyn.protocol.summary.WithheldTable;

/** What disclosure control does to tables that tell of each other, worked out by hand; k is 5. */
class LinkedProtectorTest {
    /**
     * <pre>
     *          light  dark  all
     *   red        3    10   13
     *   green      9    11   20
     *   blue       8    12   20
     * </pre>
     *
     * Red light is too few. By itself the table would pool it with the smallest other, blue light: 3 + 8 = 11, both are at
     * most the smallest published, 9, so each is within 2..9: wide enough. But the margin tells 13 - 10 = 3 and
     * 20 - 12 = 8. So red dark joins: red light is 1..9 and red dark 13 less that; then what is left of the pool is still
     * 21 - 13 = 8, and blue dark joins: blue light is 1..9 and blue dark 20 less that.
     */
    @Test
    void poolsBesideACellWhoseMarginIsPublished() {
        int[][] persons = {{3, 10}, {9, 11}, {8, 12}};

        Tables alone = tables(List.of(byColourAndShade()), persons);
        Tables linked = tables(List.of(byColour(), byColourAndShade()), persons);

        assertThat(pooled(alone, "colour-shade")).containsExactlyInAnyOrder("red light", "blue light");
        assertThat(pooled(linked, "colour-shade"))
                .containsExactlyInAnyOrder("red light", "red dark", "blue light", "blue dark");
        assertThat(pooled(linked, "colour")).isEmpty();
    }

    /**
     * <pre>
     *          light  dark  all
     *   red        3     -    3
     *   green      9    11   20
     *   blue       8    12   20
     * </pre>
     *
     * Red is too few in both tables: it is pooled with the smallest other of each, green (3 + 20 = 23) and blue light
     * (3 + 8 = 11). But green is 9 + 11 = 20, pooled and known, until green light joins in the other table; and blue light
     * is 20 - 12 = 8 until blue dark joins. Then red light and green light are 23 - 11 = 12: green, at most 20 as blue is,
     * leaves 1..9 for green light, so that red light is 3..11, and blue light is 1..11 and blue dark 20 less that.
     */
    @Test
    void poolsInTheOtherTableWhatWouldTellAPooledMargin() {
        int[][] persons = {{3, 0}, {9, 11}, {8, 12}};

        Tables linked = tables(List.of(byColour(), byColourAndShade()), persons);

        assertThat(pooled(linked, "colour")).containsExactlyInAnyOrder("red", "green");
        assertThat(pooled(linked, "colour-shade"))
                .containsExactlyInAnyOrder("red light", "green light", "blue light", "blue dark");
    }

    /**
     * Red is 7 or 6 in all, in two cells that hold one or more each. 7 leaves 1..6, five wide. 6 leaves 1..5, four wide: so
     * red is pooled with green, and as green is 9 + 11, green light joins. Red and green are 26, red light, red dark and
     * green light 26 - 11 = 15: green light, at most 9 as green is at most 20, leaves red 6..14.
     */
    @Test
    void poolsTheMarginOfCellsThatItLeavesTooFewValues() {
        List<Table> both = List.of(byColour(), byColourAndShade());
        Tables seven = tables(both, new int[][] {{3, 4}, {9, 11}, {8, 12}});
        Tables six = tables(both, new int[][] {{3, 3}, {9, 11}, {8, 12}});

        assertThat(pooled(seven, "colour-shade")).containsExactlyInAnyOrder("red light", "red dark");
        assertThat(pooled(seven, "colour")).isEmpty();
        assertThat(pooled(six, "colour-shade")).containsExactlyInAnyOrder("red light", "red dark", "green light");
        assertThat(pooled(six, "colour")).containsExactlyInAnyOrder("red", "green");
    }

    /** As above, and there is nothing but red: no cell is left to pool. */
    @Test
    void withholdsTheFinerTableWhereNoCellIsLeftToPool() {
        List<Table> both = List.of(byColour(), byColourAndShade());
        Tables six = tables(both, new int[][] {{3, 3}});

        assertThat(six.table("colour-shade").orElseThrow()).isInstanceOf(WithheldTable.class);
        assertThat(pooled(six, "colour")).isEmpty();
        assertThat(six.table("colour").orElseThrow().total()).contains(Values.of(6));
    }

    /** Of 20 informed in green 16 were offered: only who knows that these are among those sees that 4 were not. */
    @Test
    void hidesADifferenceOfMeasuresOfWhichOneIsDeclaredToBeWithinTheOther() {
        List<TestRecord> records = new ArrayList<>();
        for (String trial : List.of("t1", "t2")) {
            records.add(asked(trial, "red", 10, 7, 4));
            records.add(asked(trial, "green", 10, 8, 4));
            records.add(asked(trial, "blue", 15, 10, 5));
        }
        Tables plain = tables(List.of(questions(Optional.empty(), Optional.empty())), records);
        Tables nested = tables(List.of(questions(Optional.of("informed"), Optional.of("offered"))), records);

        assertThat(pooled(plain, "colour")).isEmpty();
        // together 40 - 30 = 10 of them were not offered: 0..8 of either colour's 20, and so on for those who declined
        assertThat(pooled(nested, "colour")).containsExactlyInAnyOrder("red", "green");
    }

    private static Table questions(Optional<String> offeredWithin, Optional<String> consentedWithin) {
        return new Table(
                "colour",
                List.of(colour()),
                List.of(
                        counted("informed", Optional.empty()),
                        counted("offered", offeredWithin),
                        counted("consented", consentedWithin)),
                Optional.of(new DisclosureRule("informed", "trial", K, 85)));
    }

    private static Measure counted(String field, Optional<String> within) {
        return new Measure(field, Aggregate.SUM, Optional.of(field), Optional.empty(), Optional.empty(), within);
    }

    private static TestRecord asked(String trial, String colour, long informed, long offered, long consented) {
        return TestRecord.item("nobody", trial, colour, 0)
                .with("informed", informed)
                .with("offered", offered)
                .with("consented", consented);
    }

    private static Table byColour() {
        return table("colour", colour(), TestDefinitions.sum("persons"));
    }

    private static Table byColourAndShade() {
        return new Table(
                "colour-shade",
                List.of(colour(), shade()),
                List.of(TestDefinitions.sum("persons")),
                Optional.of(new DisclosureRule("persons", "trial", K, 85)));
    }

    /** What is told of so many persons in red, green and blue, each light and dark. */
    private static Tables tables(List<Table> tables, int[][] persons) {
        List<TestRecord> records = new ArrayList<>();
        for (int colour = 0; colour < persons.length; colour++) {
            for (int shade = 0; shade < 2; shade++) {
                records.add(TestRecord.item("nobody", "t1", TestDefinitions.COLOURS.get(colour), 0)
                        .with("shade", shade == 0 ? "light" : "dark")
                        .with("persons", (long) persons[colour][shade]));
            }
        }
        return tables(tables, records);
    }

    private static Tables tables(List<Table> tables, List<TestRecord> records) {
        DatasetDefinition definition = dataset(tables.toArray(Table[]::new));
        Tabulation tabulation =
                new Tabulator().tabulate(definition, TestRecord.source(records)).get(CareRecords.PERIOD);
        return (Tables) ((Draft) Protector.protect(definition, tabulation, Protector.NOT_RAISED, List.of())).content();
    }

    private static List<String> pooled(Tables tables, String name) {
        TableValues values = tables.table(name).orElseThrow();
        return values.pooled().stream()
                .map(position -> String.join(" ", values.table().shape().codes(position)))
                .toList();
    }
}
