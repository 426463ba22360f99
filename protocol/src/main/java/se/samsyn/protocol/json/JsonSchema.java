package se.samsyn.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import se.samsyn.protocol.MalformedException;

/**
 * A JSON Schema (draft 2020-12) from the class path, {@code /schema/<name>.schema.json}; references lead to others
 * there, never out.
 */
public final class JsonSchema {
    /** What the identifiers of the schemas begin with. */
    public static final String BASE = "https://samsyn.example/schema/";

    private static final String SUFFIX = ".schema.json";
    /** Faults named in one message; a document that is wrong all over needs no more. */
    private static final int MAX_FAULTS_NAMED = 10;
    /** UTF-16 units of one fault; a fault may quote what a stranger wrote. */
    private static final int MAX_FAULT_LENGTH = 300;

    private static final ConcurrentMap<String, JsonSchema> CACHE = new ConcurrentHashMap<>();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(
            Dialects.getDraft202012(),
            builder -> builder.schemas(JsonSchema::referenced)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            .locale(Locale.ENGLISH)
                            .build()));

    private final String name;
    private final Schema schema;

    private JsonSchema(String name) {
        this.name = name;
        this.schema = REGISTRY.getSchema(CanonicalJson.parse(resource(name).getBytes(StandardCharsets.UTF_8)));
        schema.initializeValidators();
    }

    /**
     * The schema of that name, read once.
     *
     * @throws IllegalArgumentException if there is no such resource
     */
    public static JsonSchema named(String name) {
        return CACHE.computeIfAbsent(name, JsonSchema::new);
    }

    /**
     * Checks a document.
     *
     * @throws MalformedException naming each offending field by JSON pointer and what was expected of it
     */
    public void check(JsonNode document) {
        List<Error> faults = schema.validate(document);
        if (faults.isEmpty()) {
            return;
        }
        String named = faults.stream()
                .map(JsonSchema::describe)
                .sorted()
                .distinct()
                .limit(MAX_FAULTS_NAMED)
                .collect(Collectors.joining("; "));
        throw new MalformedException(name + " does not match its schema: " + named);
    }

    private static String describe(Error fault) {
        String pointer = fault.getInstanceLocation().toString();
        String text = (pointer.isEmpty() ? "/" : pointer) + ": " + fault.getMessage();
        return text.length() <= MAX_FAULT_LENGTH ? text : text.substring(0, MAX_FAULT_LENGTH) + "…";
    }

    private static @Nullable String referenced(String iri) {
        return iri.startsWith(BASE) && iri.endsWith(SUFFIX)
                ? resource(iri.substring(BASE.length(), iri.length() - SUFFIX.length()))
                : null;
    }

    private static String resource(String name) {
        try (InputStream in = JsonSchema.class.getResourceAsStream("/schema/" + name + SUFFIX)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no schema called " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema " + name + " cannot be read", e);
        }
    }
}
