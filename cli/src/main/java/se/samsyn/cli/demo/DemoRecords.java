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

/** Brings the demo's records into a node: real trials and their sites from {@code config/demo}, all else from generators. */
final class DemoRecords {
    private static final String FOLDER = "/se/samsyn/config/demo";

    private final Map<String, byte[]> files = NetworkFiles.resources(FOLDER);
    /** What members release beside trials and costs, in the order in which it is released. */
    private static final List<String> OTHER_DATASETS = List.of(
            "recruitment", "cohorts", "units", "capacity", "centres", "atmp", "grants", "grant-dues", "quality");

    private final SyntheticCosts costs;
    private final SyntheticCare care;

    DemoRecords(long seed) {
        costs = new SyntheticCosts(seed);
        care = new SyntheticCare(seed);
    }

    /**
     * How many rows of each kind were imported, and what disclosure control made of the cells that hold costs.
     *
     * @param others rows of all other kinds
     * @param cells by reason in words, and by the member's folder: how many cells
     */
    record Counts(long trials, long sites, long costItems, long others, Map<String, Map<String, Long>> cells) {
        static final Counts NONE = new Counts(0, 0, 0, 0, Map.of());

        Counts plus(Counts other) {
            Map<String, Map<String, Long>> sum = new TreeMap<>();
            Stream.of(cells, other.cells)
                    .forEach(part -> part.forEach((reason, members) ->
                            sum.computeIfAbsent(reason, key -> new TreeMap<>()).putAll(members)));
            return new Counts(
                    trials + other.trials,
                    sites + other.sites,
                    costItems + other.costItems,
                    others + other.others,
                    sum);
        }
    }

    /** Imports everything that the node's member has, and releases what rests on it. */
    Counts load(DemoNode node, List<Period> quarters) {
        RecordUpload upload = new RecordUpload(node.client(Role.OPERATOR));
        long trials = rows(upload.send("trial", file(node.member(), "trial")));
        long sites = rows(upload.send("site", file(node.member(), "site")));
        long items = 0;
        for (String file : costItems(node.member(), quarters)) {
            items += rows(upload.send("cost-item", file.getBytes(StandardCharsets.UTF_8)));
        }
        long others = 0;
        if (node.member().hasCosts()) {
            Map<String, String> made = care.files(node.member(), sites(node.member()), last(quarters));
            made.put("received-invoice", SyntheticInvoices.csv(node.member(), costItemsOfOthers(node, quarters)));
            for (Map.Entry<String, String> file : made.entrySet()) {
                others += rows(upload.send(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8)));
            }
        }
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
        OTHER_DATASETS.forEach(upload::release);
        return new Counts(trials, sites, items, others, cells);
    }

    /** The quarter that members settle, and of which most of what is made is: the last one that costs are expected of. */
    static Period last(List<Period> quarters) {
        return quarters.get(quarters.size() - 1);
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
    private byte[] file(DemoMember member, String kind) {
        String path = member.folder() + "/" + kind + ".csv";
        byte[] file = files.get(path);
        if (file == null) {
            throw new IllegalStateException("the program was built without config/demo/" + path);
        }
        return file;
    }

    private List<String> costItems(DemoMember member, List<Period> quarters) {
        List<StudySite> sites = sites(member);
        String own = costs.csv(member.folder(), sites, quarters);
        return member.hasCosts()
                ? List.of(own, costs.guests(member.folder(), sites, member.sendsGuests(), last(quarters)))
                : List.of(own);
    }

    private List<String> costItemsOfOthers(DemoNode node, List<Period> quarters) {
        return DemoMember.ALL.stream()
                .filter(other -> !other.equals(node.member()))
                .flatMap(other -> costItems(other, quarters).stream())
                .toList();
    }

    private List<StudySite> sites(DemoMember member) {
        return member.hasCosts()
                ? StudySite.parse(new String(file(member, "site"), StandardCharsets.UTF_8))
                : List.of();
    }

    private static long rows(JsonNode imported) {
        return imported.path("rows").asLong();
    }
}
