package se.samsyn.node.tabulate;

import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import se.samsyn.node.record.RecordSource;
import se.samsyn.node.record.SiteText;
import se.samsyn.node.record.SourceRecord;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Granularity;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.PeriodRule;
import se.samsyn.protocol.dataset.RegisterRule;
import se.samsyn.protocol.dataset.RegistryNumber;
import se.samsyn.protocol.dataset.TrialYear;
import se.samsyn.protocol.summary.RegisterRow;
import se.samsyn.protocol.summary.RegisterSite;

/** Turns records into tables or a register, by the definition alone and in one scan: a new statistic needs no code. */
public final class Tabulator {
    /** Characters of 2019 and of 2019-07. */
    private static final int YEAR_LENGTH = 4;

    private static final int MONTH_LENGTH = 7;

    /**
     * Tabulates every record of the definition's kind, each in the period that it belongs to; {@link Period#UNKNOWN}
     * where its date does not tell. Periods without a record are not in the map.
     *
     * @throws se.samsyn.protocol.MalformedException if a record has a negative amount, a date that is none, or no
     *     registry number
     * @throws ArithmeticException if a sum overflows
     */
    public Map<Period, Tabulation> tabulate(DatasetDefinition definition, RecordSource records) {
        return definition
                .register()
                .map(rule -> registers(definition, rule, records))
                .or(() -> definition.roster().map(rule -> RosterTabulator.rosters(definition, rule, records)))
                .orElseGet(() -> tables(definition, records));
    }

    /** The tabulation of a period without records: it says that there is nothing. */
    public static Tabulation empty(DatasetDefinition definition, Period period) {
        if (definition.roster().isPresent()) {
            return new RawRoster(period, List.of());
        }
        return definition.register().isPresent()
                ? new RawRegister(period, List.of())
                : new RawTables(
                        period, definition.tables().stream().map(RawTable::new).toList());
    }

    private static Map<Period, Tabulation> tables(DatasetDefinition definition, RecordSource records) {
        Map<Period, List<RawTable>> tables = new HashMap<>();
        records.scan(
                definition.record(),
                record -> tables.computeIfAbsent(
                                period(definition.period(), record),
                                period -> definition.tables().stream()
                                        .map(RawTable::new)
                                        .toList())
                        .forEach(table -> table.add(record)));
        NavigableMap<Period, Tabulation> tabulations = new TreeMap<>();
        tables.forEach((period, list) -> tabulations.put(period, new RawTables(period, list)));
        return tabulations;
    }

    private static Map<Period, Tabulation> registers(
            DatasetDefinition definition, RegisterRule rule, RecordSource records) {
        Map<Period, NavigableSet<RegisterRow>> rows = new HashMap<>();
        Consumer<SourceRecord> add = record -> {
            RegisterRow row = row(rule, record);
            rows.computeIfAbsent(TrialYear.of(row.start(), row.ids()).period(), period -> new TreeSet<>())
                    .add(row);
        };
        records.scan(definition.record(), add);
        NavigableMap<Period, Tabulation> tabulations = new TreeMap<>();
        rows.forEach((period, set) -> tabulations.put(period, new RawRegister(period, List.copyOf(set))));
        return tabulations;
    }

    private static RegisterRow row(RegisterRule rule, SourceRecord record) {
        NavigableSet<RegistryNumber> ids = new TreeSet<>();
        record.texts(rule.identifiers()).forEach(id -> ids.add(RegistryNumber.parse(id)));
        NavigableSet<String> places = new TreeSet<>();
        record.texts(rule.places().field()).forEach(place -> places.add(code(rule.places(), place)));
        if (places.isEmpty()) {
            places.add(CodeList.UNKNOWN_PLACE);
        }
        return new RegisterRow(
                List.copyOf(ids),
                date(record, rule.start()),
                rule.end().flatMap(end -> date(record, end)),
                rule.attributes().stream()
                        .map(attribute -> code(attribute, record.text(attribute.field())))
                        .toList(),
                rule.terms().stream()
                        .map(term -> term.values(record.texts(term.field())))
                        .toList(),
                rule.milestones().stream()
                        .map(milestone -> date(record, milestone.field()))
                        .toList(),
                rule.sites().stream()
                        .flatMap(sites -> record.texts(sites.field()).stream()
                                .map(text -> site(sites, rule.places(), SiteText.parse(text))))
                        .sorted()
                        .toList(),
                List.copyOf(places));
    }

    private static Optional<String> date(SourceRecord record, String field) {
        String date = record.text(field);
        return date.isEmpty() ? Optional.empty() : Optional.of(date);
    }

    /** A hospital that the list does not have is not told, rather than told as it was typed. */
    private static RegisterSite site(RegisterRule.SitesRule rule, Dimension places, SiteText site) {
        return new RegisterSite(
                code(places, site.place()),
                rule.roles().codeOf(site.role()).orElse(CodeList.UNKNOWN),
                rule.hospitals().codeOf(site.hospital()).orElse(CodeList.UNKNOWN));
    }

    static String code(Dimension dimension, String code) {
        return dimension.codes().codes().get(RawTable.index(dimension, code)).code();
    }

    /** A date that is less exact than the dataset's periods tells no period. */
    static Period period(PeriodRule rule, SourceRecord record) {
        String date = record.text(rule.field());
        if (date.indexOf('Q') >= 0) {
            Period quarter = Period.parse(date);
            return rule.granularity() == Granularity.MONTH
                    ? Period.UNKNOWN
                    : Period.containing(quarter.firstDay(), rule.granularity());
        }
        boolean isTooCoarse = date.length() == YEAR_LENGTH && rule.granularity() != Granularity.YEAR;
        if (date.isEmpty() || isTooCoarse) {
            return Period.UNKNOWN;
        }
        TrialYear.checkStart(date);
        return Period.containing(firstDay(date), rule.granularity());
    }

    private static LocalDate firstDay(String date) {
        return switch (date.length()) {
            case YEAR_LENGTH -> Year.parse(date).atDay(1);
            case MONTH_LENGTH -> YearMonth.parse(date).atDay(1);
            default -> LocalDate.parse(date);
        };
    }
}
