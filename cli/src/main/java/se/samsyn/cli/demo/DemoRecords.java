package se.samsyn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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

    /**
     * How many rows of each kind were imported, and what disclosure control made of the cells that hold costs.
     *
     * @param cells by reason in words, and by the member's folder: how many cells
     */
    record Counts(long trials, long sites, long costItems, Map<String, Map<String, Long>> cells) {
        static final Counts NONE = new Counts(0, 0, 0, Map.of());

        Counts plus(Counts other) {
            Map<String, Map<String, Long>> sum = new TreeMap<>();
            Stream.of(cells, other.cells)
                    .forEach(part -> part.forEach((reason, members) ->
                            sum.computeIfAbsent(reason, key -> new TreeMap<>()).putAll(members)));
            return new Counts(trials + other.trials, sites + other.sites, costItems + other.costItems, sum);
        }
    }

    /** Imports everything that the node's member has, and releases what rests on it. */
    Counts load(DemoNode node, List<Period> quarters) {
        RecordUpload upload = new RecordUpload(node.client(Role.OPERATOR));
        long trials = rows(upload.send("trial", file(node, "trial")));
        long sites = rows(upload.send("site", file(node, "site")));
        long items = rows(upload.send("cost-item", costItems(node, quarters)));
        Map<String, Map<String, Long>> cells = new TreeMap<>();
        for (JsonNode report : upload.release()) {
            report.path("cells")
                    .properties()
                    .forEach(reason -> cells.put(
                            reason.getKey(),
                            Map.of(node.member().folder(), reason.getValue().asLong())));
        }
        // a member says itself, and not by rule, that there is nothing in the other periods
        upload.release("trials");
        upload.release("costs");
        return new Counts(trials, sites, items, cells);
    }

    /** How many different trials, by the numbers under which registries list them, are in the files of all members. */
    long registeredTrials() {
        return files.entrySet().stream()
                .filter(file -> file.getKey().endsWith("/trial.csv"))
                .flatMap(file -> StudySite.column("trial_id", file.getValue()).stream())
                .distinct()
                .count();
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
