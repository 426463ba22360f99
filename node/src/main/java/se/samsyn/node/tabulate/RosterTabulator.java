package se.samsyn.node.tabulate;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import se.samsyn.node.record.RecordSource;
import se.samsyn.node.record.SourceRecord;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Column;
import se.samsyn.protocol.dataset.ColumnType;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.RosterRule;
import se.samsyn.protocol.summary.RosterRow;

/** Turns records into the rows of a roster, each in the period that its date tells. */
final class RosterTabulator {
    /** Digits of the hash of a record's key where the record has no name that may be told: enough that no two of a member share one. */
    private static final int HASH_DIGITS = 16;

    private RosterTabulator() {}

    /**
     * Tabulates every record of the definition's kind.
     *
     * @throws MalformedException if two records of a period have the same id, or one has more values than a row may have
     */
    static Map<Period, Tabulation> rosters(DatasetDefinition definition, RosterRule rule, RecordSource records) {
        Map<Period, NavigableMap<String, RosterRow>> rows = new HashMap<>();
        records.scan(definition.record(), record -> {
            Period period = Tabulator.period(definition.period(), record);
            RosterRow row = row(rule, record);
            if (rows.computeIfAbsent(period, key -> new TreeMap<>()).put(row.id(), row) != null) {
                throw new MalformedException("two records of kind " + definition.record() + " have the id " + row.id()
                        + " in " + period + ": a roster lists each thing once");
            }
        });
        NavigableMap<Period, Tabulation> tabulations = new TreeMap<>();
        rows.forEach((period, byId) -> tabulations.put(period, new RawRoster(period, List.copyOf(byId.values()))));
        return tabulations;
    }

    private static RosterRow row(RosterRule rule, SourceRecord record) {
        String id = rule.id()
                .map(record::text)
                .orElseGet(() -> Hash.sha256(record.key().getBytes(StandardCharsets.UTF_8))
                        .toHex()
                        .substring(0, HASH_DIGITS));
        return new RosterRow(
                id,
                rule.columns().stream().map(column -> cell(column, record)).toList(),
                rule.places().map(places -> Tabulator.code(places, record.text(places.field()))));
    }

    private static List<String> cell(Column column, SourceRecord record) {
        if (column.type() == ColumnType.NUMBER) {
            return record.isKnown(column.field()) ? List.of(Long.toString(record.number(column.field()))) : List.of();
        }
        return column.values(
                column.type().isMany() ? record.texts(column.field()) : List.of(record.text(column.field())));
    }
}
