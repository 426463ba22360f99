package se.samsyn.node.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import se.samsyn.protocol.MalformedException;

/** The JSON of a foreign document, within bounds; several values in a row, as in files with one value a line, are read as an array. */
final class DocumentJson {
    /** The most objects and arrays within each other; the registries' documents have some fifteen. */
    static final int MAX_DEPTH = 100;

    private static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_NAME_LENGTH = 1000;

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxNameLength(MAX_NAME_LENGTH)
                            .maxStringLength(RegistryDocuments.MAX_DOCUMENT_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .build()
            .readerFor(JsonNode.class);

    private DocumentJson() {}

    /**
     * The value, or empty if the text does not start as an object or array does.
     *
     * @throws MalformedException if it does, but is no JSON, has a member twice, or breaks a bound
     */
    static Optional<JsonNode> parse(String text) {
        String start = text.stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return Optional.empty();
        }
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        try (MappingIterator<JsonNode> each = READER.readValues(text)) {
            while (each.hasNextValue()) {
                values.add(each.nextValue());
            }
        } catch (JsonProcessingException e) {
            throw new MalformedException(
                    where(e.getLocation()) + "not JSON within bounds: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does not fail", e);
        }
        return Optional.of(values.size() == 1 ? values.get(0) : values);
    }

    /** A bound that is broken has no location. */
    private static String where(@Nullable JsonLocation location) {
        return location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }
}
