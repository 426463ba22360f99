package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import se.samsyn.node.Json;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.audit.NeededBodies;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.AuthorisedDataset;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.EntryBundle;
import se.samsyn.protocol.tlog.Tile;
import se.samsyn.protocol.tlog.TilePath;

/**
 * Collects an audit bundle from any node through its user listener: all that is needed to verify views offline.
 *
 * <p>The network goes on growing meanwhile. So the node is first asked for a basis and the very checkpoints that it was taken from, then
 * for the views of that basis, and the logs are read up to its sizes; what came later does not enter. Bodies come last: one that was there
 * after the views was there when they were computed. One that is missing although nothing up to the basis retracts it was retracted since,
 * and everything is collected anew, from a basis that has the retraction.
 */
public final class BundleCollector {
    private static final int MAX_TRIES = 30;
    private static final long PAUSE_MILLIS = 500;
    private static final String SINGLE_ROOT = "root.note";

    private final ApiClient client;

    /** Makes a collector over one node's API; the token must be one that may read views and logs. */
    public BundleCollector(ApiClient client) {
        this.client = client;
    }

    /**
     * Collects the files of a bundle, by their paths in it.
     *
     * @param views what is asked for, by the name of its file in the bundle: a dataset and a query, such as {@code trials?group=phase}
     * @param at the instant from which ages are counted; now unless given
     * @throws RefusedException if the node refuses a view, or a body stays away that nothing retracts
     * @throws ApiException if the node cannot be asked
     */
    public SortedMap<String, byte[]> collect(Map<String, String> views, Optional<String> at)
            throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return collectOnce(views, at);
            } catch (RetractedMeanwhile e) {
                if (tries == MAX_TRIES) {
                    throw new RefusedException(e.getMessage() + " after " + MAX_TRIES
                            + " tries: is the node's log under a quorum? See `samsyn status`, and try again");
                }
                new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** A body is gone that nothing up to the basis retracts. */
    private static final class RetractedMeanwhile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RetractedMeanwhile(String message) {
            super(message);
        }
    }

    private SortedMap<String, byte[]> collectOnce(Map<String, String> views, Optional<String> at) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        FederationRoot newest = collectRoots(files);
        JsonNode proven = Json.parse(client.get("/api/v1/checkpoints"
                + at.map(text -> "?at=" + ViewCommand.encoded(text)).orElse("")));
        byte[] basis = CanonicalJson.encode(proven.path("basis"));
        views.forEach((name, query) ->
                files.put("view/" + name + ".json", client.ask(path(query), "application/json", basis)));
        collectDefinitions(newest, files);
        proven.path("basis")
                .path("evidence")
                .forEach(sha256 -> files.put(
                        "evidence/" + sha256.asText() + ".json", client.get("/api/v1/evidence/" + sha256.asText())));
        Map<String, List<byte[]>> logs = new TreeMap<>();
        proven.path("checkpoints").properties().forEach(checkpoint -> {
            byte[] note = checkpoint.getValue().asText().getBytes(StandardCharsets.UTF_8);
            files.put("log/" + checkpoint.getKey() + "/checkpoint", note);
            logs.put(checkpoint.getKey(), collectEntries(checkpoint.getKey(), note, files));
        });
        logs.forEach((node, entries) -> collectBodies(node, entries, files));
        return files;
    }

    /** Where a view is asked for; {@code feasibility/HASH} is one of a request. */
    private static String path(String query) {
        return (query.startsWith("feasibility/") ? "/api/v1/" : "/api/v1/views/") + query;
    }

    private FederationRoot collectRoots(Map<String, byte[]> files) {
        byte[] note = client.get("/api/v1/root");
        FederationRoot newest = FederationRoot.parse(SignedNote.parse(note).text());
        if (newest.version() == 1) {
            files.put(SINGLE_ROOT, note);
            return newest;
        }
        for (long version = 1; version <= newest.version(); version++) {
            files.put("root/" + version + ".note", client.get("/api/v1/root/" + version));
        }
        return newest;
    }

    private void collectDefinitions(FederationRoot root, Map<String, byte[]> files) {
        for (AuthorisedDataset dataset : root.datasets()) {
            byte[] definition = client.get("/api/v1/datasets/" + ViewCommand.encoded(dataset.name()) + "?definition="
                    + dataset.definition().toHex());
            Hash hash = DatasetDefinition.parse(definition).hash();
            files.put("definition/" + hash.toHex() + ".json", definition);
        }
    }

    /** All tiles and entry bundles of a log up to its checkpoint; gives the entries. */
    private List<byte[]> collectEntries(String node, byte[] note, Map<String, byte[]> files) {
        long size = Checkpoint.parse(SignedNote.parse(note).text()).head().size();
        List<byte[]> entries = new ArrayList<>();
        for (int level = 0; level <= Tile.MAX_LEVEL; level++) {
            long hashes = Tile.hashes(level, size);
            for (long index = 0; index * Tile.WIDTH < hashes; index++) {
                int width = (int) Math.min(Tile.WIDTH, hashes - index * Tile.WIDTH);
                collect(node, TilePath.hashes(new Tile(level, index, width)).encode(), files);
                if (level == 0) {
                    byte[] bundle = collect(node, TilePath.entries(index, width).encode(), files);
                    entries.addAll(EntryBundle.parse(bundle, width));
                }
            }
        }
        return entries;
    }

    private byte[] collect(String node, String path, Map<String, byte[]> files) {
        byte[] bytes = client.get("/log/" + node + "/" + path);
        files.put("log/" + node + "/" + path, bytes);
        return bytes;
    }

    private void collectBodies(String node, List<byte[]> entries, Map<String, byte[]> files) {
        for (Hash sha256 : NeededBodies.of(entries)) {
            String path = "log/" + node + "/summary/" + sha256.toHex();
            byte[] body = client.find("/" + path)
                    .orElseThrow(() -> new RetractedMeanwhile("the node does not have body " + sha256 + " of " + node
                            + ", which no entry under a quorum retracts,"));
            files.put(path, body);
        }
    }
}
