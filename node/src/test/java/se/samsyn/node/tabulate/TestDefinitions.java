package se.samsyn.node.tabulate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import se.samsyn.protocol.dataset.Aggregate;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.Column;
import se.samsyn.protocol.dataset.ColumnType;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.DisclosureRule;
import se.samsyn.protocol.dataset.FieldCondition;
import se.samsyn.protocol.dataset.Granularity;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.PeriodRule;
import se.samsyn.protocol.dataset.RegisterRule;
import se.samsyn.protocol.dataset.Table;

/** Small definitions for tests: care by colour, and a register of studies. */
public final class TestDefinitions {
    public static final int K = 5;
    public static final List<String> COLOURS = List.of("red", "green", "blue", "white", "black", "unknown");

    private static final Map<String, String> LABEL = Map.of("sv", "etikett", "en", "label");

    private TestDefinitions() {}

    /** persons, items, amountOre (less credit notes) and creditOre, by colour, in quarters. */
    public static DatasetDefinition care() {
        return dataset(table("colour", colour(), persons(), items(), amount(), credit()));
    }

    /** persons and amountOre, by colour. */
    public static DatasetDefinition amounts() {
        return dataset(table("colour", colour(), persons(), sum("amountOre")));
    }

    /** persons alone, by colour: there is nothing that a contributor could dominate. */
    public static DatasetDefinition counts() {
        return dataset(table("colour", colour(), persons()));
    }

    public static DatasetDefinition dataset(Table... tables) {
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

    public static DatasetDefinition studies() {
        return new DatasetDefinition(
                "studies",
                1,
                "trial",
                LABEL,
                new PeriodRule(Granularity.YEAR, "start", Period.parse("2000"), 90, true),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new RegisterRule(
                        "ids",
                        "start",
                        List.of(new Dimension("phase", "phase", codes("phase", List.of("I", "II", "unknown")))),
                        new Dimension("region", "places", codes("place", List.of("01", "12", "-"))))),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** The same, which also tells ends, diagnoses, products and sites. */
    public static DatasetDefinition studiesWithTerms() {
        DatasetDefinition studies = studies();
        RegisterRule rule = studies.register().orElseThrow();
        return new DatasetDefinition(
                studies.dataset(),
                studies.version(),
                studies.record(),
                studies.title(),
                studies.period(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new RegisterRule(
                        rule.identifiers(),
                        rule.start(),
                        Optional.of("end"),
                        rule.attributes(),
                        List.of(
                                new Column("condition", "conditions", ColumnType.ICD_10_SE, Optional.empty()),
                                new Column(
                                        "product",
                                        "product",
                                        ColumnType.CODES,
                                        Optional.of(codes("product", List.of("alpha-cel"))))),
                        List.of(
                                new Column("submitted", "submitted", ColumnType.DATE, Optional.empty()),
                                new Column("decision", "decision", ColumnType.DATE, Optional.empty())),
                        List.of(),
                        Optional.of(new RegisterRule.SitesRule(
                                "sites",
                                codes("site-role", List.of("main", "reserve", "unknown")),
                                codes("hospital", List.of("a-hospital", "unknown")))),
                        Optional.empty(),
                        Optional.empty(),
                        rule.places())),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    public static Table table(String name, Dimension dimension, Measure... measures) {
        return new Table(
                name,
                List.of(dimension),
                List.of(measures),
                Optional.of(new DisclosureRule("persons", "trial", K, 85)));
    }

    public static Dimension colour() {
        return new Dimension("colour", "colour", codes("colour", COLOURS));
    }

    public static Dimension shade() {
        return new Dimension("shade", "shade", codes("shade", List.of("light", "dark", "unknown")));
    }

    public static CodeList codes(String name, List<String> codes) {
        return new CodeList(
                name,
                codes.stream()
                        .map(code -> new Code(code, LABEL, Optional.empty(), OptionalLong.empty()))
                        .toList(),
                Optional.empty());
    }

    public static Measure persons() {
        return new Measure(
                "persons",
                Aggregate.DISTINCT,
                Optional.of("person"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static Measure persons(String name, String category) {
        return new Measure(
                name,
                Aggregate.DISTINCT,
                Optional.of("person"),
                Optional.of(category(category)),
                Optional.empty(),
                Optional.empty());
    }

    public static Measure items() {
        return new Measure(
                "items", Aggregate.COUNT, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Measure sum(String field) {
        return new Measure(
                field, Aggregate.SUM, Optional.of(field), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Measure amount() {
        return new Measure(
                "amountOre",
                Aggregate.SUM,
                Optional.of("amountOre"),
                Optional.empty(),
                Optional.of(category("credit-note")),
                Optional.empty());
    }

    private static Measure credit() {
        return new Measure(
                "creditOre",
                Aggregate.SUM,
                Optional.of("amountOre"),
                Optional.of(category("credit-note")),
                Optional.empty(),
                Optional.empty());
    }

    private static FieldCondition category(String code) {
        return new FieldCondition("category", List.of(code));
    }
}
