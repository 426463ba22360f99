package se.samsyn.node.tabulate;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import se.samsyn.node.record.SourceRecord;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Aggregate;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.summary.Values;

/**
 * One cell while its records come in: the sums and counts so far, who was counted, and each contributor's part of each
 * sum.
 */
final class RawCell {
    private final Table table;
    private final long[] totals;
    /** By measure: the different values of a distinct measure. */
    private final List<Set<String>> distinct = new ArrayList<>();
    /** By measure: the contributors to a sum, with what each gave. */
    private final List<Map<String, Long>> contributions = new ArrayList<>();

    RawCell(Table table) {
        this.table = table;
        this.totals = new long[table.measures().size()];
        for (Measure measure : table.measures()) {
            distinct.add(measure.aggregate() == Aggregate.DISTINCT ? new HashSet<>() : Set.of());
            contributions.add(measure.aggregate() == Aggregate.SUM ? new HashMap<>() : Map.of());
        }
    }

    Values values() {
        return Values.of(totals);
    }

    Set<String> distinct(int measure) {
        return Collections.unmodifiableSet(distinct.get(measure));
    }

    Map<String, Long> contributions(int measure) {
        return Collections.unmodifiableMap(contributions.get(measure));
    }

    /** Writes all that the cell holds, sorted. */
    void write(DataOutputStream out) throws IOException {
        for (int index = 0; index < totals.length; index++) {
            out.writeLong(totals[index]);
            Set<String> persons = new TreeSet<>(distinct.get(index));
            out.writeInt(persons.size());
            for (String person : persons) {
                out.writeUTF(person);
            }
            Map<String, Long> parts = new TreeMap<>(contributions.get(index));
            out.writeInt(parts.size());
            for (Map.Entry<String, Long> part : parts.entrySet()) {
                out.writeUTF(part.getKey());
                out.writeLong(part.getValue());
            }
        }
    }

    void add(SourceRecord record) {
        for (int index = 0; index < totals.length; index++) {
            Measure measure = table.measures().get(index);
            if (looksAt(measure, record)) {
                totals[index] = total(index, measure, record);
            }
        }
    }

    private long total(int index, Measure measure, SourceRecord record) {
        return switch (measure.aggregate()) {
            case COUNT -> Math.addExact(totals[index], 1);
            case SUM ->
                Math.addExact(totals[index], contribution(index, measure.field().orElseThrow(), record));
            case DISTINCT -> {
                String value = record.text(measure.field().orElseThrow());
                // nobody knows whether two without a value are one: they count as none, which hides more
                if (!value.isEmpty()) {
                    distinct.get(index).add(value);
                }
                yield distinct.get(index).size();
            }
        };
    }

    private long contribution(int index, String field, SourceRecord record) {
        long amount = record.number(field);
        if (amount < 0) {
            throw new MalformedException("record " + record.key() + ": " + field + " is " + amount
                    + ", expected 0 or more; what is given back is a category of its own");
        }
        // who gave how much matters only where it must not show
        table.disclosure()
                .ifPresent(rule ->
                        contributions.get(index).merge(record.text(rule.contributor()), amount, Math::addExact));
        return amount;
    }

    private static boolean looksAt(Measure measure, SourceRecord record) {
        return measure.only().map(only -> only.holds(record.text(only.field()))).orElse(true)
                && measure.except()
                        .map(except -> !except.holds(record.text(except.field())))
                        .orElse(true);
    }
}
