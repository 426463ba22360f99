package se.samsyn.node.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.protocol.MalformedException;

/** What a network agreed on, as a folder of an operator's own. */
class NetworkFilesTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void listsAllVersionsOfADatasetTheNewestFirstWhateverTheirFilesAreCalled() throws IOException {
        define("z.json", "grants", 2);
        define("a.json", "grants", 10);
        define("grants.json", "grants", 1);
        define("more/costs.json", "beds", 1);

        assertThat(NetworkFiles.in(folder).definitions())
                .extracting(definition -> definition.dataset() + " " + definition.version())
                .containsExactly("beds 1", "grants 10", "grants 2", "grants 1");
    }

    @Test
    void refusesTwoFilesThatDefineTheSameVersionAndNamesBoth() throws IOException {
        define("grants.json", "grants", 2);
        define("grants-2.json", "grants", 2);

        assertThatThrownBy(() -> NetworkFiles.in(folder).definitions())
                .isInstanceOf(MalformedException.class)
                .hasMessage("datasets/grants-2.json and datasets/grants.json in " + folder
                        + " both define version 2 of dataset grants: keep one of them, or give the newer one the next"
                        + " version");
    }

    private void define(String file, String dataset, int version) throws IOException {
        String text = new String(NetworkFiles.shipped().read("datasets/grants.json"), UTF_8)
                .replace("\"dataset\": \"grants\"", "\"dataset\": \"" + dataset + "\"")
                .replace("\"version\": 1", "\"version\": " + version);
        Path path = folder.resolve("datasets").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        for (String list : NetworkFiles.shipped().list("code-lists/")) {
            Path copy = folder.resolve(list);
            Files.createDirectories(copy.getParent());
            Files.write(copy, NetworkFiles.shipped().read(list));
        }
    }
}
