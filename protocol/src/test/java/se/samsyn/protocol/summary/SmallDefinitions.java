package se.samsyn.protocol.summary;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import se.samsyn.protocol.dataset.Aggregate;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.DisclosureRule;
import se.samsyn.protocol.dataset.FieldCondition;
import se.samsyn.protocol.dataset.Granularity;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.PeriodRule;
import se.samsyn.protocol.dataset.RegisterRule;
import se.samsyn.protocol.dataset.RegistryNumber;
import se.samsyn.protocol.dataset.Table;

/** Definitions small enough to work out by hand: what care costs by colour, and a register of trials. */
final class SmallDefinitions {
    static final Map<String, String> LABEL = Map.of("sv", "etikett", "en", "label");
    static final String NODE = "skane.swetrial.example";
    static final Salt SALT = Salt.parseHex("00112233445566778899aabbccddeeff".repeat(2));
    static final int K = 5;

    private SmallDefinitions() {}

    static CodeList codes(String name, String... codes) {
        return new CodeList(
                name,
                Stream.of(codes)
                        .map(code -> new Code(code, LABEL, Optional.empty(), OptionalLong.empty()))
                        .toList(),
                Optional.empty());
    }

    static Dimension colour() {
        return new Dimension("colour", "colour", codes("colour", "red", "green", "blue", "white", "unknown"));
    }

    static Measure persons() {
        return new Measure(
                "persons",
                Aggregate.DISTINCT,
                Optional.of("person"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The persons of some records only: those whose answer is one of these. */
    static Measure persons(String name, String... answers) {
        return new Measure(
                name,
                Aggregate.DISTINCT,
                Optional.of("person"),
                Optional.of(new FieldCondition("answer", List.of(answers))),
                Optional.empty(),
                Optional.empty());
    }

    static Measure items() {
        return new Measure(
                "items", Aggregate.COUNT, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Measure amount() {
        return new Measure(
                "amountOre",
                Aggregate.SUM,
                Optional.of("amountOre"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Table table(String name, Dimension dimension, Measure... measures) {
        return new Table(
                name,
                List.of(dimension),
                List.of(measures),
                Optional.of(new DisclosureRule("persons", "trial", K, 85)));
    }

    /** persons, items, amountOre by colour: red, green, blue, white, unknown. */
    static DatasetDefinition costs() {
        return tables(table("colour", colour(), persons(), items(), amount()));
    }

    static DatasetDefinition tables(Table... tables) {
        return new DatasetDefinition(
                "care",
                1,
                "cost-item",
                LABEL,
                new PeriodRule(Granularity.QUARTER, "date", Period.parse("2024-Q1"), 45, false),
                Stream.of(tables)
                        .flatMap(table -> table.dimensions().stream())
                        .distinct()
                        .toList(),
                Stream.of(tables)
                        .flatMap(table -> table.measures().stream())
                        .distinct()
                        .toList(),
                List.of(tables),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    static DatasetDefinition register() {
        return new DatasetDefinition(
                "studies",
                1,
                "trial",
                LABEL,
                new PeriodRule(Granularity.YEAR, "start", Period.parse("2000"), 90, true),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(registerRule()),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    static RegisterRule registerRule() {
        return new RegisterRule(
                "ids",
                "start",
                List.of(
                        new Dimension("phase", "phase", codes("phase", "I", "II", "unknown")),
                        new Dimension("status", "status", codes("status", "recruiting", "completed", "unknown"))),
                new Dimension("region", "places", codes("place", "01", "12", "13", "1380", "-")));
    }

    static RegisterRow row(String start, String phase, String place, String... ids) {
        return new RegisterRow(
                Stream.of(ids).map(RegistryNumber::parse).toList(),
                start.isEmpty() ? Optional.empty() : Optional.of(start),
                List.of(phase, "completed"),
                List.of(place));
    }

    static Cell cell(int position, long... values) {
        return new Cell(position, Values.of(values));
    }

    static Optional<Pool> pool(List<Integer> positions, long... values) {
        return Optional.of(new Pool(positions, Values.of(values)));
    }

    static Published published(Optional<Pool> pool, Cell... cells) {
        return new Published(costs().tables().get(0), K, List.of(cells), pool);
    }

    static Summary summary(TableValues... tables) {
        return new Summary(NODE, "care", Period.parse("2024-Q3"), SALT, new Tables(K, List.of(tables)));
    }

    static Summary summary(String period, RegisterRow... rows) {
        return new Summary(NODE, "studies", Period.parse(period), SALT, new Register(registerRule(), List.of(rows)));
    }
}
