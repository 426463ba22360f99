package se.samsyn.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.SharedFiles;

/** JSONTestSuite, and the examples of RFC 8785's authors. */
class JsonVectorsTest {
    private static final String SUITE = "vectors/JSONTestSuite/test_parsing";
    /** Why the profile refuses what RFC 8259 allows, as the messages say it. */
    private static final List<String> PROFILE_REASONS = List.of(
            "fraction or exponent", "null is not allowed", "beyond the range", "Duplicate field", "negative zero");

    @Test
    void refusesAllThatIsNotJson() throws IOException {
        List<Path> files = suite("n_");
        assertThat(files).hasSizeGreaterThan(150);
        for (Path file : files) {
            assertThatThrownBy(() -> CanonicalJson.parse(Files.readAllBytes(file)))
                    .as(file.toString())
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void acceptsAllJsonOfTheProfileAndNamesWhyItRefusesTheRest() throws IOException {
        Set<String> accepted = new TreeSet<>();
        Map<String, String> refused = new TreeMap<>();
        for (Path file : suite("y_")) {
            try {
                CanonicalJson.parse(Files.readAllBytes(file));
                accepted.add(file.getFileName().toString());
            } catch (MalformedException e) {
                refused.put(file.getFileName().toString(), e.getMessage());
            }
        }
        assertThat(refused)
                .allSatisfy((name, message) ->
                        assertThat(PROFILE_REASONS).as("%s: %s", name, message).anyMatch(message::contains));
        assertThat(accepted).hasSizeGreaterThan(60).contains("y_string_unicode_2.json", "y_number_simple_int.json");
        assertThat(refused)
                .hasSizeBetween(10, 30)
                .containsKeys("y_object_duplicated_key.json", "y_number_minus_zero.json");
    }

    @Test
    void neitherCrashesNorHangsOnWhatRfc8259LeavesOpen() throws IOException {
        List<Path> files = suite("i_");
        assertThat(files).hasSizeGreaterThan(30);
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            assertThatThrownBy(() -> {
                        CanonicalJson.encode(CanonicalJson.parse(bytes));
                        throw new MalformedException("accepted");
                    })
                    .as(file.toString())
                    .isInstanceOf(MalformedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"french", "unicode", "weird"})
    void canonicalisesTheExamplesOfTheProfileToTheByte(String name) {
        byte[] output = SharedFiles.bytes("vectors/jcs/output/" + name + ".json");

        assertThat(CanonicalJson.encode(CanonicalJson.parse(SharedFiles.bytes("vectors/jcs/input/" + name + ".json"))))
                .isEqualTo(output);
        assertThat(CanonicalJson.parseCanonical(output)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"arrays, null is not allowed", "structures, fraction or exponent", "values, fraction or exponent"})
    void refusesTheExamplesOutsideTheProfileAndNamesWhy(String name, String reason) {
        byte[] input = SharedFiles.bytes("vectors/jcs/input/" + name + ".json");

        assertThatThrownBy(() -> CanonicalJson.parse(input))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void canonicalisesTheOutsideExamplesOnceMendedAsTheProfileWants() {
        String input = new String(SharedFiles.bytes("vectors/jcs/input/structures.json"), UTF_8).replace("56.0", "56");

        assertThat(CanonicalJson.encode(CanonicalJson.parse(input.getBytes(UTF_8))))
                .isEqualTo(SharedFiles.bytes("vectors/jcs/output/structures.json"));
    }

    private static List<Path> suite(String prefix) {
        return SharedFiles.files(SUITE, ".json").stream()
                .filter(file -> file.getFileName().toString().startsWith(prefix))
                .toList();
    }
}
