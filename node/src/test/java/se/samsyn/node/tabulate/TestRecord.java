package se.samsyn.node.tabulate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import se.samsyn.node.record.RecordSource;
import se.samsyn.node.record.SourceRecord;

/** A record made of named fields, for tests. */
public record TestRecord(String key, Map<String, Object> fields) implements SourceRecord {
    /** A cost item: who, in which trial, of which colour, and how much. */
    public static TestRecord item(String person, String trial, String colour, long amountOre) {
        return new TestRecord("item", Map.of())
                .with("person", person)
                .with("trial", trial)
                .with("colour", colour)
                .with("category", "visit")
                .with("date", "2024-08-31")
                .with("amountOre", amountOre);
    }

    public TestRecord with(String field, Object value) {
        Map<String, Object> changed = new HashMap<>(fields);
        changed.put(field, value);
        return new TestRecord(key, Map.copyOf(changed));
    }

    /** A source with these records, whatever kind is asked for. */
    public static RecordSource source(List<TestRecord> records) {
        return (kind, each) -> records.forEach(each);
    }

    @Override
    public String text(String field) {
        return (String) get(field);
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<String> texts(String field) {
        return (List<String>) get(field);
    }

    @Override
    public long number(String field) {
        return (Long) get(field);
    }

    @Override
    public boolean isKnown(String field) {
        return fields.containsKey(field);
    }

    private Object get(String field) {
        Object value = fields.get(field);
        if (value == null) {
            throw new IllegalArgumentException("the record has no field " + field);
        }
        return value;
    }
}
