package se.samsyn.node.registry;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The genuine documents of registries, where they lie beside the project: {@code samsyn.shared}, by default {@code ../../shared}. Where
 * they do not, the calling test is skipped, or fails with {@code SAMSYN_REQUIRE_SHARED=true}.
 */
final class SharedDocuments {
    private static final Path FOLDER = Path.of(System.getProperty("samsyn.shared", "../../shared"), "data");
    private static final boolean REQUIRED = "true".equals(System.getenv("SAMSYN_REQUIRE_SHARED"));

    private SharedDocuments() {}

    /** The files of a folder whose names end so, in their order. */
    static List<Path> files(String folder, String ending) {
        try (Stream<Path> files = Files.list(path(folder))) {
            return files.filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String file) {
        return bytes(path(file));
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path path(String relative) {
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
}
