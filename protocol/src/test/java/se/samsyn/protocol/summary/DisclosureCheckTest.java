package se.samsyn.protocol.summary;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.protocol.summary.SmallDefinitions.SALT;
import static se.samsyn.protocol.summary.SmallDefinitions.amount;
import static se.samsyn.protocol.summary.SmallDefinitions.cell;
import static se.samsyn.protocol.summary.SmallDefinitions.codes;
import static se.samsyn.protocol.summary.SmallDefinitions.colour;
import static se.samsyn.protocol.summary.SmallDefinitions.costs;
import static se.samsyn.protocol.summary.SmallDefinitions.items;
import static se.samsyn.protocol.summary.SmallDefinitions.persons;
import static se.samsyn.protocol.summary.SmallDefinitions.pool;
import static se.samsyn.protocol.summary.SmallDefinitions.published;
import static se.samsyn.protocol.summary.SmallDefinitions.row;
import static se.samsyn.protocol.summary.SmallDefinitions.summary;
import static se.samsyn.protocol.summary.SmallDefinitions.table;
import static se.samsyn.protocol.summary.SmallDefinitions.tables;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.Aggregate;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.Table;

class DisclosureCheckTest {
    private static final Predicate<String> SKANE = Set.of("12")::contains;

    private static void accepts(DatasetDefinition definition, Summary summary, Summary... earlier) {
        assertThatCode(() -> DisclosureCheck.verify(definition, summary, List.of(earlier), SKANE))
                .doesNotThrowAnyException();
    }

    private static void refuses(String reason, DatasetDefinition definition, Summary summary, Summary... earlier) {
        assertThatThrownBy(() -> DisclosureCheck.verify(definition, summary, List.of(earlier), SKANE))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void acceptsWhatAMemberMaySay() {
        accepts(costs(), summary(published(Optional.empty())));
        accepts(costs(), summary(new WithheldTable(costs().tables().get(0))));
        accepts(costs(), summary(published(pool(List.of(0, 1), 9, 9, 90), cell(2, 6, 9, 60))));
    }

    @Test
    void refusesFewerItemsThanPersons() {
        refuses(
                "cell [red]: persons 7 is more than items 6",
                costs(),
                summary(published(Optional.empty(), cell(0, 7, 6, 5))));
        refuses("pool: persons 9 is more than items 8", costs(), summary(published(pool(List.of(0, 1), 9, 8, 5))));
    }

    @Test
    void refusesAPoolWhosePersonsAreBarelyEnoughForItsCells() {
        accepts(costs(), summary(published(pool(List.of(0, 1, 2), 8, 9, 90))));
        refuses("7 persons in 3 newly pooled cells", costs(), summary(published(pool(List.of(0, 1, 2), 7, 9, 90))));
    }

    @Test
    void allowsAPooledCellToHaveEmptiedSince() {
        Summary first = summary(published(pool(List.of(0, 1, 2), 12, 12, 90)));

        accepts(costs(), summary(published(pool(List.of(0, 1, 2), 7, 9, 90))), first);
    }

    @Test
    void comparesWithEveryEarlierRevisionAndNotOnlyTheLast() {
        Summary first = summary(published(Optional.empty(), cell(0, 12, 12, 100)));
        Summary second = summary(published(Optional.empty(), cell(0, 20, 20, 200)));
        Summary third = summary(published(Optional.empty(), cell(0, 13, 13, 110)));

        accepts(costs(), second, first);
        accepts(costs(), third, second);
        refuses("differs from an earlier revision by 1 persons", costs(), third, first, second);
    }

    @Test
    void refusesToCompareWhatIsNoRevision() {
        Summary other = new Summary(
                "vgr.swetrial.example",
                "care",
                Period.parse("2024-Q3"),
                SALT,
                summary(published(Optional.empty())).content());

        assertThatThrownBy(() ->
                        DisclosureCheck.verify(costs(), summary(published(Optional.empty())), List.of(other), SKANE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesCellsAboutPlacesOutsideTheScope() {
        DatasetDefinition byPlace = tables(table(
                "place",
                new Dimension("region", "region", codes("place", "01", "12", "-")),
                persons(),
                items(),
                amount()));
        Table table = byPlace.tables().get(0);
        Published own = new Published(table, 5, List.of(cell(1, 7, 7, 7)), Optional.empty());
        Published foreign = new Published(table, 5, List.of(cell(0, 7, 7, 7)), Optional.empty());
        Published pooled = new Published(table, 5, List.of(), pool(List.of(1, 2), 9, 9, 9));

        accepts(byPlace, summary(own));
        refuses("place \"01\" is outside the scope", byPlace, summary(foreign));
        refuses("place \"-\" is outside the scope", byPlace, summary(pooled));
    }

    @Test
    void asksScopeOnlyOfPlaces() {
        assertThatCode(() -> DisclosureCheck.verify(
                        costs(), summary(published(Optional.empty(), cell(0, 7, 7, 7))), List.of(), place -> false))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesRowsWithPlacesOutsideTheScope() {
        DatasetDefinition register = SmallDefinitions.register();

        accepts(register, summary("2010", row("2010", "I", "12", "NCT01000001")));
        refuses("place \"01\" is outside", register, summary("2010", row("2010", "I", "01", "NCT01000001")));
    }

    @Test
    void refusesTablesOfAnotherDefinition() {
        DatasetDefinition other = tables(table("colour", colour(), persons(), items()));

        refuses("other tables than dataset care", other, summary(published(Optional.empty())));
        refuses("has no register", costs(), summary("2010"));
        refuses("cannot be revised", costs(), revisedFromRegister(), registerCalledCare());
    }

    @Test
    void refusesLinkedTablesThatDoNotAgreeOrTellOfEachOther() {
        Table one = table("one", colour(), persons(), items());
        Table two = table("two", colour(), persons(), items(), amount());
        DatasetDefinition linked = tables(one, two);
        Published first = new Published(one, 5, List.of(new Cell(0, Values.of(7, 7))), Optional.empty());
        Published same = new Published(two, 5, List.of(new Cell(0, Values.of(7, 7, 9))), Optional.empty());
        Published more = new Published(two, 5, List.of(new Cell(0, Values.of(7, 8, 9))), Optional.empty());

        accepts(linked, summary(first, same));
        refuses("tables one and two, items: 1 less in one of them than in the other", linked, summary(first, more));
        refuses("table one is withheld, and table two", linked, summary(new WithheldTable(one), same));
        accepts(linked, summary(new WithheldTable(one), new WithheldTable(two)));
    }

    @Test
    void refusesAPartThatIsLargerThanWhatItIsDeclaredToBeWithinOrLeavesFewerThanK() {
        Table asked = table(
                "colour", colour(), counted("persons", Optional.empty()), counted("offered", Optional.of("persons")));
        Table apart =
                table("colour", colour(), counted("persons", Optional.empty()), counted("offered", Optional.empty()));

        accepts(tables(asked), summary(told(asked, 20, 15)));
        accepts(tables(asked), summary(told(asked, 20, 20)));
        assertThatThrownBy(() -> told(asked, 20, 16))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("persons less offered is 4, below k = 5");
        assertThatThrownBy(() -> told(asked, 20, 21))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("persons less offered is -1, below k = 5");
        accepts(tables(apart), summary(told(apart, 20, 21)));
    }

    private static Measure counted(String field, Optional<String> within) {
        return new Measure(field, Aggregate.SUM, Optional.of(field), Optional.empty(), Optional.empty(), within);
    }

    private static Published told(Table table, long persons, long offered) {
        return new Published(table, 5, List.of(new Cell(0, Values.of(persons, offered))), Optional.empty());
    }

    private static Summary revisedFromRegister() {
        return new Summary(
                SmallDefinitions.NODE,
                "care",
                Period.parse("2010"),
                SALT,
                summary(published(Optional.empty())).content());
    }

    private static Summary registerCalledCare() {
        return new Summary(
                SmallDefinitions.NODE,
                "care",
                Period.parse("2010"),
                SALT,
                summary("2010").content());
    }
}
