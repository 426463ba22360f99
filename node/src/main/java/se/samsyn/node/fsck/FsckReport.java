package se.samsyn.node.fsck;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import se.samsyn.node.Json;

/**
 * What was checked in a store, and every fault that was found.
 *
 * @param node whose store it is
 * @param network by the hash of its federation root, in hexadecimal digits
 * @param logs the own log first, then the mirrored ones by the names of their nodes; none if the root does not hold
 * @param records how many of each kind were read
 * @param otherFaults those that are of no single log
 */
public record FsckReport(
        String node, String network, List<LogReport> logs, Map<String, Long> records, List<FsckFault> otherFaults) {
    public FsckReport {
        logs = List.copyOf(logs);
        records = new TreeMap<>(records);
        otherFaults = List.copyOf(otherFaults);
    }

    /** All faults, those first that are of no single log. */
    public List<FsckFault> faults() {
        List<FsckFault> faults = new ArrayList<>(otherFaults);
        logs.forEach(log -> faults.addAll(log.faults()));
        return faults;
    }

    /** True if there is no fault. */
    public boolean isVerified() {
        return faults().isEmpty();
    }

    /** The report for programs; sizes count entries or rows. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("node", node);
        json.put("network", network);
        json.put("verified", isVerified());
        json.set("records", Json.tree(records));
        ArrayNode list = json.putArray("logs");
        logs.forEach(log -> list.addObject()
                .put("node", log.node())
                .put("entries", log.entries())
                .put("tiles", log.tiles())
                .put("bodies", log.bodies())
                .put("retracted", log.retracted())
                .put("ahead", log.ahead())
                .put("checkpoints", log.checkpoints())
                .put("refused", log.refused())
                .put("faults", log.faults().size()));
        json.set("faults", Json.tree(faults()));
        return json;
    }
}
