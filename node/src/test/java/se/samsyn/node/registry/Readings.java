package se.samsyn.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import se.samsyn.node.network.NetworkFiles;

/** What tests read, with the program's own formats and the network's own tables. */
final class Readings {
    static final RegistryDocuments DOCUMENTS = new RegistryDocuments(NetworkFiles.shipped());

    private Readings() {}

    /** A document that holds trials, and no more than itself. */
    static List<RegistryTrial> trials(byte[] document) {
        List<DocumentReading> readings = DOCUMENTS.read("document", document);
        assertThat(readings).singleElement().isInstanceOf(DocumentReading.Read.class);
        return ((DocumentReading.Read) readings.get(0)).trials();
    }

    static RegistryTrial trial(byte[] document) {
        List<RegistryTrial> trials = trials(document);
        assertThat(trials).hasSize(1);
        return trials.get(0);
    }

    static RegistryTrial trial(JsonNode document) {
        return trial(document.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Why a document is refused. */
    static String refusal(byte[] document) {
        List<DocumentReading> readings = DOCUMENTS.read("document", document);
        assertThat(readings).singleElement().isInstanceOf(DocumentReading.Refused.class);
        return ((DocumentReading.Refused) readings.get(0)).why();
    }

    static String refusal(JsonNode document) {
        return refusal(document.toString().getBytes(StandardCharsets.UTF_8));
    }

    static String refusal(String document) {
        return refusal(document.getBytes(StandardCharsets.UTF_8));
    }
}
