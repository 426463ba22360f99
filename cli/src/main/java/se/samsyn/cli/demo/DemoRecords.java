package se.samsyn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import se.samsyn.cli.RecordUpload;
import se.samsyn.node.config.Role;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.dataset.Period;

/** Brings the demo's records into a node: real trials and their sites from {@code config/demo}, synthetic costs from a generator. */
final class DemoRecords {
    private static final String FOLDER = "/se/samsyn/config/demo";

    private final Map<String, byte[]> files = NetworkFiles.resources(FOLDER);
    private final SyntheticCosts costs;

    DemoRecords(long seed) {
        costs = new SyntheticCosts(seed);
    }

    /** How many rows of each kind were imported. */
    record Counts(long trials, long sites, long costItems) {
        static final Counts NONE = new Counts(0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(trials + other.trials, sites + other.sites, costItems + other.costItems);
        }
    }

    /** Imports everything that the node's member has, and releases what rests on it. */
    Counts load(DemoNode node, List<Period> quarters) {
        RecordUpload upload = new RecordUpload(node.client(Role.OPERATOR));
        long trials = rows(upload.send("trial", file(node, "trial")));
        long sites = rows(upload.send("site", file(node, "site")));
        long items = rows(upload.send("cost-item", costItems(node, quarters)));
        upload.release();
        // a member says itself, and not by rule, that there is nothing in the other periods
        upload.release("trials");
        upload.release("costs");
        return new Counts(trials, sites, items);
    }

    /** A member's own file of records. */
    byte[] file(DemoNode node, String kind) {
        String path = node.member().folder() + "/" + kind + ".csv";
        byte[] file = files.get(path);
        if (file == null) {
            throw new IllegalStateException("the program was built without config/demo/" + path);
        }
        return file;
    }

    private byte[] costItems(DemoNode node, List<Period> quarters) {
        List<StudySite> sites = node.member().hasCosts()
                ? StudySite.parse(new String(file(node, "site"), StandardCharsets.UTF_8))
                : List.of();
        return costs.csv(node.member().folder(), sites, quarters).getBytes(StandardCharsets.UTF_8);
    }

    private static long rows(JsonNode imported) {
        return imported.path("rows").asLong();
    }
}
