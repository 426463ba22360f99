package se.samsyn.node.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import se.samsyn.node.view.PictureKeeper;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.view.NationalView;
import se.samsyn.protocol.view.ViewQuery;

/** What one node's national views tell, each member's part of each period in the words of {@link MemberRecords}. */
final class ToldView {
    private final GeneratedNetwork network;
    private final NationalView costs;
    private final NationalView trials;
    private final JsonNode costsJson;
    private final JsonNode trialsJson;

    ToldView(GeneratedNetwork network, PictureKeeper picture, long atSeconds) {
        this.network = network;
        this.costs = picture.view(query(network, MemberRecords.COSTS), atSeconds);
        this.trials = picture.view(query(network, MemberRecords.TRIALS), atSeconds);
        this.costsJson = costs.json();
        this.trialsJson = trials.json();
    }

    /** The question that every node is asked about a dataset. */
    static ViewQuery query(GeneratedNetwork network, String dataset) {
        DatasetDefinition definition = network.definition(dataset);
        Map<String, String> parameters = new HashMap<>();
        if (dataset.equals(MemberRecords.COSTS)) {
            parameters.put("from", MemberRecords.QUARTERS.get(0));
            parameters.put("to", MemberRecords.QUARTERS.get(MemberRecords.QUARTERS.size() - 1));
        } else {
            List<String> last = MemberRecords.years(network.nodes().size() - 1);
            parameters.put("from", MemberRecords.years(0).get(0));
            parameters.put("to", last.get(last.size() - 1));
            parameters.put("group", "phase,status");
        }
        return ViewQuery.parse(parameters, definition);
    }

    byte[] costs() {
        return costs.encode();
    }

    byte[] trials() {
        return trials.encode();
    }

    /** Each member's part of each of its periods. */
    SortedMap<Subject, String> parts() {
        SortedMap<Subject, String> parts = new TreeMap<>();
        for (String node : network.nodes()) {
            for (String quarter : MemberRecords.QUARTERS) {
                Subject subject = new Subject(node, MemberRecords.COSTS, quarter);
                parts.put(subject, told(costsJson, subject, costsOf(subject)));
            }
            for (String year : MemberRecords.years(network.indexOf(node))) {
                Subject subject = new Subject(node, MemberRecords.TRIALS, year);
                parts.put(subject, told(trialsJson, subject, trialsOf(subject)));
            }
        }
        return parts;
    }

    /** Whether a member is shown as stale. */
    boolean isStale(String node) {
        return member(costsJson, node).path("stale").asBoolean();
    }

    private static String told(JsonNode view, Subject subject, String values) {
        String state = state(view, subject);
        return switch (state) {
            case "reported", "pooled" -> values;
            case "zero" ->
                values.isEmpty() || values.startsWith("0 items") ? values : state + ", but there are " + values;
            case "missing", "awaited" ->
                values.isEmpty() || values.startsWith("0 items")
                        ? Acknowledged.NOTHING
                        : state + ", but there are " + values;
            case "withdrawn" ->
                values.isEmpty() || values.startsWith("0 items")
                        ? Acknowledged.WITHDRAWN
                        : state + ", but there are " + values;
            default -> state + " with " + values;
        };
    }

    private static JsonNode member(JsonNode view, String node) {
        for (JsonNode member : view.path("members")) {
            if (member.path("node").asText().equals(node)) {
                return member;
            }
        }
        throw new AssertionError("no member " + node + " in the view");
    }

    private static String state(JsonNode view, Subject subject) {
        for (JsonNode run : member(view, subject.node()).path("periods")) {
            if (run.path("from").asText().compareTo(subject.period()) <= 0
                    && run.path("to").asText().compareTo(subject.period()) >= 0) {
                return run.path("state").asText();
            }
        }
        throw new AssertionError("no " + subject + " in the view");
    }

    private String costsOf(Subject subject) {
        String county = network.county(subject.node());
        for (JsonNode row : costsJson.path("rows")) {
            if (row.path("period").asText().equals(subject.period())
                    && row.path("home-region").asText().equals(county)) {
                JsonNode values = row.path("values");
                return MemberRecords.told(least(values.path("items")), least(values.path("amountOre")));
            }
        }
        return MemberRecords.told(0, 0);
    }

    private String trialsOf(Subject subject) {
        List<String> told = new ArrayList<>();
        for (JsonNode row : trialsJson.path("rows")) {
            long count = least(row.path("values").path("trials"));
            if (row.path("period").asText().equals(subject.period()) && count > 0) {
                told.add(MemberRecords.told(
                        row.path("phase").asText(), row.path("status").asText(), count));
            }
        }
        told.sort(null);
        return String.join(", ", told);
    }

    /** Only one member tells of a row: what is told at least is what it told. */
    private static long least(JsonNode value) {
        for (String bound : List.of("exact", "atLeast", "from")) {
            if (value.has(bound)) {
                return value.path(bound).asLong();
            }
        }
        throw new AssertionError(Objects.toString(value));
    }
}
