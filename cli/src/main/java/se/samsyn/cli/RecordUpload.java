package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import se.samsyn.node.record.RecordImport;
import se.samsyn.node.record.RecordKind;

/** Files of records on their way to a node: all are imported before anything that rests on them is released. */
public final class RecordUpload {
    private final ApiClient client;
    private final Set<RecordKind> sent = new LinkedHashSet<>();

    public RecordUpload(ApiClient client) {
        this.client = client;
    }

    /**
     * Sends one file.
     *
     * @return the node's import report
     */
    public JsonNode send(String kind, byte[] csv) {
        RecordKind record = RecordKind.parse(kind);
        JsonNode answer = client.post("/api/v1/records/" + record.wireName() + "?release=later", "text/csv", csv);
        sent.add(record);
        return answer.path("imported");
    }

    /**
     * Sends one file from the disk.
     *
     * @param progress is told how far it has come
     * @return the node's import report
     */
    JsonNode send(RecordKind record, Path csv, ProgressLine progress) {
        JsonNode answer = client.postFile(
                "/api/v1/records/" + record.wireName() + "?release=later",
                "text/csv",
                csv,
                new Announcing(progress, csv.toFile().length()));
        sent.add(record);
        return answer.path("imported");
    }

    /** Tells of the bytes, and with the last of them of what the node does next. */
    private record Announcing(ProgressLine progress, long length) implements LongConsumer {
        @Override
        public void accept(long done) {
            progress.at(done);
            if (done >= length) {
                progress.then("the node checks and stores it …");
            }
        }
    }

    /**
     * Sends a file of a registry's documents.
     *
     * @param progress is told how far it has come
     * @return the node's import report
     * @throws RefusedException if it is longer than a node takes
     */
    JsonNode sendDocuments(Path file, ProgressLine progress) {
        if (file.toFile().length() > RecordImport.MAX_DOCUMENTS_LENGTH) {
            throw new RefusedException("it has " + file.toFile().length() + " bytes, and a node takes at most "
                    + RecordImport.MAX_DOCUMENTS_LENGTH + " at a time; put fewer documents into one archive");
        }
        String name = URLEncoder.encode(String.valueOf(file.getFileName()), StandardCharsets.UTF_8);
        JsonNode answer = client.postFile(
                "/api/v1/documents?release=later&name=" + name,
                "application/octet-stream",
                file,
                new Announcing(progress, file.toFile().length()));
        sent.add(RecordKind.TRIAL);
        sent.add(RecordKind.SITE);
        return answer.path("imported");
    }

    /** Releases a dataset by a person's word: what the rule leaves out because there are no records, too. */
    public JsonNode release(String dataset) {
        return client.post("/api/v1/releases/" + dataset, "application/json", new byte[0]);
    }

    /**
     * Releases by rule what rests on the files sent.
     *
     * @return the node's release reports, one a dataset
     */
    public JsonNode release() {
        return releaseByRule().path("released");
    }

    /** As {@link #release}, and the whole answer: also which datasets no rule releases. */
    JsonNode releaseByRule() {
        String query = sent.stream().map(kind -> "records=" + kind.wireName()).collect(Collectors.joining("&"));
        return client.post("/api/v1/releases?" + query, "application/json", new byte[0]);
    }
}
