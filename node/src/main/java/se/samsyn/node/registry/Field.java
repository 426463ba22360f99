package se.samsyn.node.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import se.samsyn.protocol.MalformedException;

/**
 * A value in a JSON document together with the way to it. Absent, null and empty text are the same: not said. A value of another type than
 * the one asked for is refused, and the message names the trial, the way, the kind of value found and what was expected; never the value,
 * which may be a person.
 */
final class Field {
    private final String where;
    private final String path;
    private final JsonNode node;

    private Field(String where, String path, JsonNode node) {
        this.where = where;
        this.path = path;
        this.node = node;
    }

    /**
     * The whole of a document or of one of its parts.
     *
     * @param where for messages: the document, or the trial once it is known
     */
    static Field of(String where, JsonNode node) {
        return new Field(where, "", node);
    }

    /** A value that is not there. */
    static Field absent(String where) {
        return new Field(where, "", MissingNode.getInstance());
    }

    /** The same value, with messages that name {@code newWhere}. */
    Field in(String newWhere) {
        return new Field(newWhere, path, node);
    }

    /** The way from the document to this value, for example {@code sites[2].city}. */
    String path() {
        return path.isEmpty() ? "(document)" : path;
    }

    /** Whether anything is said here. */
    boolean present() {
        return !node.isMissingNode() && !node.isNull();
    }

    boolean isText() {
        return node.isTextual();
    }

    boolean isNumber() {
        return node.isNumber();
    }

    boolean isArray() {
        return node.isArray();
    }

    boolean isObject() {
        return node.isObject();
    }

    /**
     * The member of that name, and of that name in it, and so on; absent if one of them is.
     *
     * @throws MalformedException if a value on the way is there and is no object
     */
    Field at(String... names) {
        Field field = this;
        for (String name : names) {
            field = field.member(name);
        }
        return field;
    }

    /** The first of these members that says anything; the last if none does. */
    Field firstOf(String... names) {
        Field field = this;
        for (String name : names) {
            field = member(name);
            if (field.present()) {
                return field;
            }
        }
        return field;
    }

    /**
     * The elements of an array; none if it is absent.
     *
     * @throws MalformedException if it is no array
     */
    List<Field> items() {
        List<Field> items = new ArrayList<>();
        if (present()) {
            expect(node.isArray(), "an array");
            for (int i = 0; i < node.size(); i++) {
                items.add(new Field(where, path + "[" + i + "]", node.get(i)));
            }
        }
        return items;
    }

    /**
     * The members of an object by name; none if it is absent.
     *
     * @throws MalformedException if it is no object
     */
    Map<String, Field> members() {
        Map<String, Field> members = new LinkedHashMap<>();
        if (present()) {
            expect(node.isObject(), "an object");
            node.fieldNames().forEachRemaining(name -> members.put(name, member(name)));
        }
        return members;
    }

    /**
     * The text, without spaces around it; empty text is absent.
     *
     * @throws MalformedException if it is no text
     */
    Optional<String> text() {
        if (!present()) {
            return Optional.empty();
        }
        expect(node.isTextual(), "text");
        return Optional.of(node.textValue().strip()).filter(text -> !text.isEmpty());
    }

    /** The text, where the format does not allow that it is absent. */
    String requiredText() {
        return text().orElseThrow(() -> malformed("text"));
    }

    /**
     * The texts in an array.
     *
     * @throws MalformedException if it is no array, or holds anything but text
     */
    List<String> texts() {
        return items().stream().flatMap(item -> item.text().stream()).toList();
    }

    /**
     * The whole number.
     *
     * @throws MalformedException if it is no number, has a fraction or does not fit 64 bits
     */
    OptionalLong integer() {
        if (!present()) {
            return OptionalLong.empty();
        }
        expect(node.isIntegralNumber() && node.canConvertToLong(), "a whole number");
        return OptionalLong.of(node.longValue());
    }

    /**
     * A code: text, or a whole number as digits, since the same registry writes both.
     *
     * @throws MalformedException if it is neither
     */
    Optional<String> code() {
        if (!present() || node.isTextual()) {
            return text();
        }
        expect(node.isIntegralNumber() && node.canConvertToLong(), "text or a whole number");
        return Optional.of(Long.toString(node.longValue()));
    }

    /**
     * The truth value.
     *
     * @throws MalformedException if it is neither true nor false
     */
    Optional<Boolean> truth() {
        if (!present()) {
            return Optional.empty();
        }
        expect(node.isBoolean(), "true or false");
        return Optional.of(node.booleanValue());
    }

    /** What says that this value is not what the format has here; whoever calls throws it. */
    MalformedException malformed(String expected) {
        return new MalformedException(where + ": " + path() + ": " + kind() + ", expected " + expected);
    }

    private Field member(String name) {
        if (present()) {
            expect(node.isObject(), "an object");
        }
        JsonNode member = node.get(name);
        return new Field(
                where, path.isEmpty() ? name : path + "." + name, member == null ? MissingNode.getInstance() : member);
    }

    private void expect(boolean holds, String expected) {
        if (!holds) {
            throw malformed(expected);
        }
    }

    private String kind() {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case BOOLEAN -> "true or false";
            case NUMBER -> "a number";
            case STRING, BINARY -> node.textValue().isBlank() ? "empty text" : "text";
            case NULL -> "null";
            case MISSING -> "nothing";
        };
    }
}
