package se.samsyn.node.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One malformed file a message: beside {@code name.csv} stands {@code name.txt}, what an operator reads. */
final class MalformedSamplesTest {
    private static final String KNOWN_TRIAL = "trial_id\n2018-001234-12\n";

    @ParameterizedTest
    @MethodSource("samples")
    void refusesTheWholeFileAndSaysWhy(String name) throws Exception {
        Path csv = folder().resolve(name + ".csv");
        try (TestNode node = TestNode.covering("12")) {
            node.importCsv(RecordKind.TRIAL, KNOWN_TRIAL);

            ImportRefusal refusal = catchThrowableOfType(
                    ImportRefusal.class, () -> node.imports.importCsv(kindOf(name), Files.readAllBytes(csv)));

            assertThat(refusal).as("a refusal of %s", name).isNotNull();
            assertThat(refusal.toText()).isEqualTo(Files.readString(folder().resolve(name + ".txt")));
            assertThat(node.records.count(RecordKind.TRIAL)).isEqualTo(1);
            assertThat(node.records.count(RecordKind.SITE)).isZero();
            assertThat(node.records.count(RecordKind.COST_ITEM)).isZero();
        }
    }

    @Test
    void hasASampleForEveryColumnsFault() throws Exception {
        StringBuilder messages = new StringBuilder();
        for (String name : samples().toList()) {
            messages.append(Files.readString(folder().resolve(name + ".txt")));
        }
        for (RecordKind kind : RecordKind.values()) {
            for (ImportColumn column : RecordFormats.SHIPPED.of(kind).columns()) {
                if (!takesAnyWord(column)) {
                    assertThat(messages).contains(column.form().expected());
                }
            }
        }
    }

    private static boolean takesAnyWord(ImportColumn column) {
        return column.form().expected().startsWith("text of")
                || column.form().expected().startsWith("the registry's own");
    }

    static Stream<String> samples() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".csv"))
                    .map(file -> file.substring(0, file.length() - ".csv".length()))
                    .sorted()
                    .toList();
            assertThat(names).hasSizeGreaterThan(30);
            return names.stream();
        }
    }

    private static RecordKind kindOf(String name) {
        return Arrays.stream(RecordKind.values())
                .filter(kind -> name.startsWith(kind.wireName() + "-"))
                .max(Comparator.comparing(kind -> kind.wireName().length()))
                .orElseThrow();
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(MalformedSamplesTest.class.getResource("malformed").toURI());
    }
}
