package se.samsyn.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import se.samsyn.protocol.MalformedException;

/** Writes one tree as RFC 8785 says; what the profile of {@link CanonicalJson} leaves out is refused and not mended. */
final class CanonicalWriter {
    private static final char FIRST_PRINTABLE = ' ';
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();

    byte[] encode(JsonNode node) {
        value(node, 0);
        byte[] utf8 = out.toString().getBytes(StandardCharsets.UTF_8);
        if (utf8.length > CanonicalJson.MAX_LENGTH) {
            throw new MalformedException("signed JSON has at most " + CanonicalJson.MAX_LENGTH + " bytes");
        }
        return utf8;
    }

    private void value(JsonNode node, int depth) {
        if (node.isContainerNode() && depth == CanonicalJson.MAX_DEPTH) {
            throw new MalformedException("JSON is nested deeper than " + CanonicalJson.MAX_DEPTH);
        }
        if (node.isObject()) {
            object(node, depth + 1);
        } else if (node.isArray()) {
            array(node, depth + 1);
        } else if (node.isTextual()) {
            string(node.textValue(), CanonicalJson.MAX_STRING_LENGTH);
        } else if (node.isBoolean()) {
            out.append(node.booleanValue());
        } else if (node.isIntegralNumber()) {
            integer(node);
        } else {
            throw new MalformedException("signed JSON has no " + node.getNodeType() + " such as " + node);
        }
    }

    private void object(JsonNode object, int depth) {
        // String compares by UTF-16 units, as section 3.2.3 wants
        Map<String, JsonNode> sorted = new TreeMap<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            sorted.put(member.getKey(), member.getValue());
        }
        String separator = "{";
        for (Map.Entry<String, JsonNode> member : sorted.entrySet()) {
            out.append(separator);
            string(member.getKey(), CanonicalJson.MAX_NAME_LENGTH);
            out.append(':');
            value(member.getValue(), depth);
            separator = ",";
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    private void array(JsonNode array, int depth) {
        out.append('[');
        for (Iterator<JsonNode> items = array.elements(); items.hasNext(); ) {
            value(items.next(), depth);
            if (items.hasNext()) {
                out.append(',');
            }
        }
        out.append(']');
    }

    private void integer(JsonNode number) {
        if (!number.canConvertToLong() || !CanonicalJson.inRange(number.longValue())) {
            throw new MalformedException(
                    "signed JSON has no integer beyond ±" + CanonicalJson.MAX_INTEGER + " such as " + number.asText());
        }
        out.append(number.longValue());
    }

    private void string(String text, int maxLength) {
        if (text.length() > maxLength) {
            throw new MalformedException("signed JSON has no string or name longer than " + maxLength);
        }
        if (StrictUtf8.hasLoneSurrogate(text)) {
            throw new MalformedException("signed JSON has no string with an unpaired surrogate");
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            unit(text.charAt(i));
        }
        out.append('"');
    }

    private void unit(char unit) {
        switch (unit) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> {
                if (unit < FIRST_PRINTABLE) {
                    out.append("\\u00").append(HEX.charAt(unit >> 4)).append(HEX.charAt(unit & 0xf));
                } else {
                    out.append(unit);
                }
            }
        }
    }
}
