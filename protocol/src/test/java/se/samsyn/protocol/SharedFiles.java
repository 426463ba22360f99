package se.samsyn.protocol;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder of test vectors that lies beside the project, where there is one: {@code samsyn.shared}, by default
 * {@code ../../shared}.
 *
 * <p>A test whose vectors are absent is skipped and says so; with {@code SAMSYN_REQUIRE_SHARED=true} in the
 * environment it fails.
 */
public final class SharedFiles {
    private static final Path FOLDER = Path.of(System.getProperty("samsyn.shared", "../../shared"));
    private static final boolean REQUIRED = "true".equals(System.getenv("SAMSYN_REQUIRE_SHARED"));
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private SharedFiles() {}

    /** A file or folder below the shared folder; skips the calling test if it is not there. */
    public static Path path(String relative) {
        Path path = FOLDER.resolve(relative);
        if (!Files.exists(path)) {
            String message = "skipped: there is no " + path + " (set -Dsamsyn.shared=FOLDER to run this test)";
            if (REQUIRED) {
                fail(message);
            }
            Assumptions.abort(message);
        }
        return path;
    }

    /** The bytes of a file; skips the calling test if it is not there. */
    public static byte[] bytes(String relative) {
        return read(path(relative));
    }

    /** A JSON file; skips the calling test if it is not there. */
    public static JsonNode json(String relative) {
        return json(path(relative));
    }

    /** A JSON file that {@link #files} listed. */
    public static JsonNode json(Path file) {
        try {
            return MAPPER.readTree(read(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files below a folder whose names end so, sorted; skips the calling test if the folder is not there. */
    public static List<Path> files(String folder, String ending) {
        try (Stream<Path> files = Files.walk(path(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
