package se.samsyn.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResearchStudy.ResearchStudyStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.node.network.NetworkFiles;

/** The words that the EU register, Läkemedelsverket and FHIR use each have a row that says what they mean, if only that it is unknown. */
class AgencyWordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"lv-message-medicine", "lv-message-device", "lv-message-2"})
    void everyReasonForAMessageHasAMeaning(String schema) {
        JsonNode reason = schema(schema).at("/properties/header/properties/messageReasonType/enum");

        // a reader takes the spaces around a text for nothing
        Set<String> reasons = new HashSet<>();
        reason.forEach(word -> reasons.add(word.textValue().strip()));

        assertThat(reasons).hasSizeGreaterThan(20);
        assertThat(words("status", "lv")).containsAll(reasons);
    }

    @Test
    void everyDecisionHasAMeaning() {
        Set<String> decisions = new HashSet<>();
        schema("lv-message-parts").at("/$defs/decision/enum").forEach(word -> decisions.add(word.textValue()));

        assertThat(decisions).hasSize(5);
        assertThat(words("status", "lv")).containsAll(decisions).contains("Ansökan återtagen");
        assertThat(words("sponsor-class", "lv")).containsExactlyInAnyOrder("true", "false");
        assertThat(words("study-type", "lv")).containsExactlyInAnyOrder("HumMedProd", "MT");
    }

    @Test
    void everyWordOfTheEuRegisterHasAMeaning() {
        assertThat(words("status", "euctr"))
                .contains(
                        "Ongoing",
                        "Completed",
                        "Prematurely Ended",
                        "Temporarily Halted",
                        "Restarted",
                        "Suspended by CA",
                        "Prohibited by CA",
                        "Not Authorised",
                        "Trial now transitioned",
                        "GB - no longer in EU/EEA");
        assertThat(words("study-type", "euctr")).containsExactlyInAnyOrder("EEA CTA", "Outside EU/EEA");
        // one of four, or several of them in their order
        assertThat(words("phase", "euctr").stream()
                        .filter(word -> word.contains("Phase"))
                        .toList())
                .hasSize(15);
    }

    @Test
    void everyWordOfFhirHasAMeaning() {
        Set<String> states = Stream.of(ResearchStudyStatus.values())
                .map(ResearchStudyStatus::toCode)
                .filter(code -> code != null && !code.equals("?"))
                .collect(Collectors.toSet());

        assertThat(states).hasSize(11);
        assertThat(words("status", "fhir")).containsAll(states).contains("not-yet-recruiting", "terminated");
        assertThat(words("phase", "fhir"))
                .containsExactlyInAnyOrder(
                        "n-a",
                        "early-phase-1",
                        "phase-1",
                        "phase-1-phase-2",
                        "phase-2",
                        "phase-2-phase-3",
                        "phase-3",
                        "phase-4");
        assertThat(words("sponsor-class", "fhir"))
                .containsExactlyInAnyOrder("nih", "fda", "government", "nonprofit", "academic", "industry");
    }

    private static Set<String> words(String vocabulary, String registry) {
        String csv =
                new String(NetworkFiles.shipped().read("vocabulary/" + vocabulary + ".csv"), StandardCharsets.UTF_8);
        return CsvReader.builder().ofCsvRecord(csv).stream()
                .map(CsvRecord::getFields)
                .filter(row -> row.get(0).equals(registry))
                .map(row -> row.get(1))
                .collect(Collectors.toSet());
    }

    private static JsonNode schema(String name) {
        try (InputStream in = AgencyWordsTest.class.getResourceAsStream("/schema/" + name + ".schema.json")) {
            return LvMessages.json(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
