package se.samsyn.node.record;

import java.util.List;
import java.util.Map;

/**
 * A record that was worked out of others.
 *
 * @param key what it was worked out of
 * @param fields all its texts, by field; one that is not known is empty
 */
record DerivedRecord(DerivedKind kind, String key, Map<String, String> fields) implements SourceRecord {
    DerivedRecord {
        fields = Map.copyOf(fields);
    }

    @Override
    public String text(String field) {
        String text = fields.get(field);
        if (text == null) {
            throw new IllegalArgumentException("a " + kind + " has no text \"" + field + "\" for tabulation");
        }
        return text;
    }

    @Override
    public List<String> texts(String field) {
        throw new IllegalArgumentException("a " + kind + " has no texts \"" + field + "\" for tabulation");
    }

    @Override
    public long number(String field) {
        throw new IllegalArgumentException("a " + kind + " has no number \"" + field + "\" for tabulation");
    }

    @Override
    public boolean isKnown(String field) {
        throw new IllegalArgumentException("a " + kind + " has no number \"" + field + "\" for tabulation");
    }
}
