package se.samsyn.node.record;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import se.samsyn.node.record.Form.Shape;

/**
 * A stored record by field names, with what was joined to it.
 *
 * @param joined texts of other records that belong to this one, or that stand in the place of its own, by field
 */
record RecordFields(RecordFormat format, String key, SortedMap<String, String> cells, Map<String, List<String>> joined)
        implements SourceRecord {
    private static final Pattern BETWEEN = Pattern.compile(Form.BETWEEN, Pattern.LITERAL);

    @Override
    public String text(String field) {
        List<String> other = joined.get(field);
        if (other != null && other.size() == 1) {
            return other.get(0);
        }
        return cell(field, Shape.TEXT);
    }

    @Override
    public List<String> texts(String field) {
        List<String> other = joined.get(field);
        if (other != null) {
            return other;
        }
        String cell = cell(field, Shape.TEXTS);
        return cell.isEmpty() ? List.of() : Arrays.asList(BETWEEN.split(cell, -1));
    }

    @Override
    public long number(String field) {
        String cell = cell(field, Shape.NUMBER);
        return cell.isEmpty() ? 0 : Long.parseLong(cell);
    }

    @Override
    public boolean isKnown(String field) {
        return !cell(field, Shape.NUMBER).isEmpty();
    }

    private String cell(String field, Shape shape) {
        ImportColumn column = format.columnOfField(field)
                .filter(found -> found.form().shape() == shape)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a " + format.kind() + " has no " + word(shape) + " \"" + field + "\" for tabulation"));
        return cells.getOrDefault(column.name(), column.form().absent());
    }

    private static String word(Shape shape) {
        return switch (shape) {
            case TEXT -> "text";
            case TEXTS -> "texts";
            case NUMBER -> "number";
        };
    }
}
