package se.samsyn.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import se.samsyn.protocol.MalformedException;

/**
 * One pass over a text, from Jackson's tokens to a tree, refusing what the profile of {@link CanonicalJson} leaves out.
 */
final class ProfileParser {
    /**
     * Digits that Jackson collects before it gives up; longer than any integer of the profile, so that the range is
     * what is named.
     */
    private static final int MAX_NUMBER_LENGTH = 100;

    private static final int MAX_INTEGER_LENGTH =
            Long.toString(-CanonicalJson.MAX_INTEGER).length();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // strangers choose the names: no table of them is kept
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(CanonicalJson.MAX_DEPTH)
                    .maxDocumentLength(CanonicalJson.MAX_LENGTH)
                    .maxStringLength(CanonicalJson.MAX_STRING_LENGTH)
                    .maxNameLength(CanonicalJson.MAX_NAME_LENGTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .build();

    private final String text;

    ProfileParser(String text) {
        this.text = text;
    }

    JsonNode document() {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return document(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
    }

    private static JsonNode document(JsonParser parser) throws IOException {
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw refusal(parser.currentLocation(), "there is no value");
            }
            JsonNode node = value(parser, first);
            if (parser.nextToken() != null) {
                throw refusal(parser.currentTokenLocation(), "something follows the value");
            }
            return node;
        } catch (JsonProcessingException e) {
            // an exceeded bound does not say where
            JsonLocation where = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            throw new MalformedException(message(where, e.getOriginalMessage()), e);
        }
    }

    private static JsonNode value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.textNode(wellFormed(parser, parser.getText()));
            case VALUE_NUMBER_INT -> NODES.numberNode(integer(parser));
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL ->
                throw refusal(parser.currentTokenLocation(), "null is not allowed: leave the member out");
            case VALUE_NUMBER_FLOAT ->
                throw refusal(parser.currentTokenLocation(), "a number with fraction or exponent, expected an integer");
            default -> throw refusal(parser.currentTokenLocation(), "expected a value");
        };
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = wellFormed(parser, parser.currentName());
            object.set(name, value(parser, parser.nextToken()));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token));
        }
        return array;
    }

    private static long integer(JsonParser parser) throws IOException {
        String digits = parser.getText();
        if (digits.equals("-0")) {
            throw refusal(parser.currentTokenLocation(), "negative zero, expected 0");
        }
        if (digits.length() <= MAX_INTEGER_LENGTH) {
            long value = Long.parseLong(digits);
            if (CanonicalJson.inRange(value)) {
                return value;
            }
        }
        throw refusal(parser.currentTokenLocation(), "an integer beyond the range of ±" + CanonicalJson.MAX_INTEGER);
    }

    private static String wellFormed(JsonParser parser, String text) {
        if (StrictUtf8.hasLoneSurrogate(text)) {
            throw refusal(parser.currentTokenLocation(), "a string with an unpaired surrogate");
        }
        return text;
    }

    private static MalformedException refusal(JsonLocation where, String what) {
        return new MalformedException(message(where, what));
    }

    private static String message(JsonLocation where, String what) {
        return "JSON at line " + where.getLineNr() + ", column " + where.getColumnNr() + ": " + what;
    }
}
