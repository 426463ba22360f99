package se.samsyn.node.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class RegistryDocumentsTest {
    @Test
    void readsEveryDocumentOfAnArchiveByItsContent() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a/ctis.txt", SyntheticTrials.ctis().toString().getBytes(UTF_8));
        entries.put("../../b.bin", SyntheticTrials.ctgov().toString().getBytes(UTF_8));
        entries.put("__MACOSX/._b.bin", new byte[] {0, 5, 22, 7});
        entries.put("notes.md", "No trial here".getBytes(UTF_8));
        entries.put("inner.zip", zip(Map.of("x", new byte[9])));
        List<DocumentReading> readings = Readings.DOCUMENTS.read("all.zip", zip(entries));
        assertThat(readings)
                .extracting(DocumentReading::document)
                .containsExactly("all.zip!a/ctis.txt", "all.zip!../../b.bin", "all.zip!notes.md", "all.zip!inner.zip");
        assertThat(readings.get(0))
                .isInstanceOfSatisfying(
                        DocumentReading.Read.class,
                        read -> assertThat(read.format()).startsWith("CTIS"));
        assertThat(readings.get(1))
                .isInstanceOfSatisfying(
                        DocumentReading.Read.class,
                        read -> assertThat(read.format()).startsWith("ClinicalTrials.gov"));
        assertThat(readings.get(3))
                .isEqualTo(new DocumentReading.Refused(
                        "all.zip!inner.zip", "an archive within an archive: unpack it first"));
    }

    @Test
    void refusesAnArchiveThatUnpacksToFarMoreThanItsLength() throws IOException {
        assertThat(Readings.refusal(zip(Map.of("bomb.json", new byte[3 << 20]))))
                .contains("or 200 times its length");
    }

    @Test
    void refusesAnArchiveWithMoreDocumentsThanThereMayBe() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i <= RegistryDocuments.MAX_DOCUMENTS; i++) {
            entries.put(i + ".txt", new byte[] {'x'});
        }
        List<DocumentReading> readings = Readings.DOCUMENTS.read("many.zip", zip(entries));
        assertThat(readings).hasSize(1);
        assertThat(readings.toString()).contains("more than 10000 documents");
    }

    @Test
    void refusesAnArchiveThatIsCutOffOrEmpty() throws IOException {
        byte[] whole = zip(Map.of("a.json", SyntheticTrials.ctgov().toString().getBytes(UTF_8)));
        assertThat(Readings.refusal(Arrays.copyOf(whole, whole.length / 2)))
                .contains("a damaged or encrypted ZIP archive");
        assertThat(Readings.refusal(zip(Map.of()))).contains("a ZIP archive without documents");
    }

    @Test
    void readsPastAByteOrderMarkAndRefusesWhatIsNotUtf8ByItsPlace() {
        assertThat(Readings.trials(("\uFEFF" + SyntheticTrials.ctgov()).getBytes(UTF_8)))
                .hasSize(1);
        assertThat(Readings.refusal("{\n\"a\": \"Malmö\"}".getBytes(ISO_8859_1)))
                .isEqualTo("line 2, offset 12: a byte that is not UTF-8, expected a document saved as UTF-8");
    }

    @Test
    void saysWhichFormatsAreKnownAndWhatADocumentIsInstead() {
        assertThat(Readings.refusal("{\"header\": 1, \"caseData\": 2}"))
                .startsWith("in none of the formats that are known, which are ClinicalTrials.gov API v2 (JSON); CTIS")
                .endsWith("It is a JSON object with the members header, caseData");
        assertThat(Readings.refusal("[]")).endsWith("It is an empty JSON array");
        assertThat(Readings.refusal("Hej")).endsWith("It is text that is not JSON");
    }

    @Test
    void refusesJsonThatIsBrokenDeepOrSaysSomethingTwice() {
        assertThat(Readings.refusal("{\"a\": 1,")).startsWith("line 1, column ").contains("not JSON within bounds");
        assertThat(Readings.refusal("{\"a\": 1, \"a\": 2}")).contains("Duplicate field 'a'");
        assertThat(Readings.refusal("[".repeat(101) + "]".repeat(101))).contains("depth");
        assertThat(Readings.refusal("{\"a\": " + "9".repeat(1000) + "}")).contains("not JSON within bounds");
        assertThat(Readings.refusal("{\"protocolSection\": {}} }")).contains("not JSON within bounds");
    }

    @Test
    void refusesADocumentLongerThanTheBound() {
        assertThat(Readings.refusal(new byte[RegistryDocuments.MAX_DOCUMENT_LENGTH + 1]))
                .isEqualTo("4194305 bytes, at most 4194304: import it in several files");
    }

    @Test
    void readsADocumentOfTheLargestLength() {
        String study = SyntheticTrials.ctgov().toString();
        String padded = study + " ".repeat(RegistryDocuments.MAX_DOCUMENT_LENGTH - study.getBytes(UTF_8).length);
        assertThat(Readings.trials(padded.getBytes(UTF_8))).hasSize(1);
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
