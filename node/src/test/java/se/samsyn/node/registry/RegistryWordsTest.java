package se.samsyn.node.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.node.network.NetworkFiles;

/** The vocabulary tables know every word that a reader can put into a cell. */
class RegistryWordsTest {
    @ParameterizedTest
    @CsvSource({"Status,status,14", "StudyType,study-type,3", "Phase,phase,6", "AgencyClass,sponsor-class,9"})
    void everyWordOfClinicalTrialsGovHasAMeaning(String schema, String vocabulary, int count) {
        String description = new String(SharedDocuments.bytes("ctgov_v2/ctg-oas-v2.yaml"), UTF_8);
        Matcher found = Pattern.compile(
                        "\n    " + schema + ":\n      type: \"string\"\n      enum:\n((?:      - .*\n)+)")
                .matcher(description);
        assertThat(found.find()).isTrue();
        List<String> words = new ArrayList<>();
        Matcher word = Pattern.compile("- \"(\\w+)\"").matcher(found.group(1));
        while (word.find()) {
            words.add(word.group(1));
        }
        assertThat(words).hasSize(count);
        assertThat(words(vocabulary, "ctgov")).containsAll(words);
    }

    @Test
    void everyPairOfNeighbouringPhasesHasAMeaning() {
        assertThat(words("phase", "ctgov"))
                .contains("EARLY_PHASE1|PHASE1", "PHASE1|PHASE2", "PHASE2|PHASE3", "PHASE3|PHASE4");
    }

    @Test
    void everyWordThatTheReaderOfCtisMakesHasAMeaning() {
        assertThat(words("status", "ctis"))
                .contains("Ended, early termination", "Ongoing, recruiting", "Ongoing, recruitment ended", "Authorised")
                .contains("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
        assertThat(words("phase", "ctis")).contains("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
    }

    private static Set<String> words(String vocabulary, String registry) {
        byte[] csv = NetworkFiles.shipped().read("vocabulary/" + vocabulary + ".csv");
        return CsvReader.builder().ofNamedCsvRecord(new String(csv, UTF_8)).stream()
                .filter(row -> row.getField("registry").equals(registry))
                .map(row -> row.getField("word"))
                .collect(Collectors.toSet());
    }
}
