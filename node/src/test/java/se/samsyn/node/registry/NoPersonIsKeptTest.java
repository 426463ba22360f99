package se.samsyn.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.node.Json;

/** Contact persons are in every document of a registry, and in nothing that is read from one. */
class NoPersonIsKeptTest {
    /** The members that hold a person, whatever they are in. */
    private static final Set<String> PERSONAL = Set.of(
            "investigatorFullName",
            "oldNameTitle",
            "functionalName",
            "functionalEmailAddress",
            "email",
            "phone",
            "telephone",
            "phoneNumber");

    private static final Set<String> CONTACTS = Set.of("centralContacts", "overallOfficials", "contacts");

    /** What stands in the field for a person and is an organisation: sponsors write their own name there. */
    private static final Set<String> ORGANISATIONS = Set.of("Novartis Pharmaceuticals", "GlaxoSmithKline");

    @Test
    void noPersonOfAGenuineDocumentIsInWhatIsRead() {
        List<Path> documents = Stream.concat(
                        SharedDocuments.files("ctgov_v2", ".json").stream(),
                        SharedDocuments.files("ctis", ".json").stream())
                .toList();
        Set<String> persons = new TreeSet<>();
        List<String> kept = new ArrayList<>();
        for (Path path : documents) {
            byte[] document = SharedDocuments.bytes(path);
            Set<String> own = new TreeSet<>();
            collect(Json.parse(document), "", own);
            own.removeAll(ORGANISATIONS);
            persons.addAll(own);
            String read = Readings.trials(document).toString().toLowerCase(Locale.ROOT);
            own.stream()
                    .filter(person -> read.contains(person.toLowerCase(Locale.ROOT)))
                    .forEach(person -> kept.add(path.getFileName() + ": " + person));
        }
        assertThat(persons).hasSizeGreaterThan(50).contains("Caroline Nilsson", "Mónica Balaguer Gargallo");
        assertThat(kept).isEmpty();
    }

    @Test
    void noRemarkOrErrorShowsAPerson() {
        JsonNode study = SyntheticTrials.ctgov();
        assertThat(Readings.trial(study).toString())
                .doesNotContain("Testsson", "Påhitt", "Exempel", "example.org", "+46");
        assertThat(Readings.trial(SyntheticTrials.ctis()).toString())
                .doesNotContain("Påhitt", "Exempel", "example.org", "+46");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Prof. Dr. med. Sabina Rak",
                "Solveig Röisgård",
                "Anders Bjartell, Malmö, Skåne",
                "Dr. X's clinic",
                "Karin Svensson MD, Umeå University",
                "K. Svensson",
                "Ward 7, karin.svensson@example.org",
                "Clinic 3, +46 70 123 45 67",
                "Anna-Lena af Ekenstam",
            })
    void aSiteFiledUnderAPersonLosesItsName(String facility) {
        assertThat(PersonNames.inFacility(facility)).isTrue();
    }

    @Test
    void ofTheCollectedSwedishSitesOnlyPersonsLoseTheirNames() {
        Set<String> lost = new TreeSet<>();
        for (NamedCsvRecord row : CsvReader.builder()
                .ofNamedCsvRecord(
                        new String(SharedDocuments.bytes("trials/ctgov_sites_sweden.csv"), StandardCharsets.UTF_8))) {
            if (PersonNames.inFacility(row.getField("facility"))) {
                lost.add(row.getField("facility"));
            }
        }
        assertThat(lost)
                .containsExactly("Anders Bjartell, Malmö, Skåne", "Prof. Dr. med. Sabina Rak", "Solveig Röisgård");
    }

    private static void collect(JsonNode json, String name, Set<String> persons) {
        if (json.isArray()) {
            json.forEach(item -> collect(item, name, persons));
            return;
        }
        if (CONTACTS.contains(name) && json.hasNonNull("name")) {
            persons.add(json.get("name").textValue());
        }
        if (json.hasNonNull("lastName")) {
            persons.add((json.path("firstName").asText() + " "
                            + json.get("lastName").textValue())
                    .strip());
        }
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            if (PERSONAL.contains(member.getKey())
                    && !member.getValue().asText().isBlank()) {
                persons.add(member.getValue().asText());
            }
            collect(member.getValue(), member.getKey(), persons);
        }
    }
}
