package se.samsyn.node.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import se.samsyn.node.Json;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.CodeList;

/** What is missing, inexact or cannot be true in a node's own records, one by one: for whoever can mend it, and for nobody else. */
public final class FindingReport {
    /** The most findings that one answer lists. */
    public static final int MAX_LISTED = 10_000;

    private final List<Finding> listed = new ArrayList<>();
    private long count;

    /** @param about the columns that it is about, a space between them */
    private record Finding(RecordKind record, String key, String kind, String about) {}

    private FindingReport() {}

    /**
     * Looks through all records.
     *
     * @param kind only findings of this kind, a code of the list {@code finding-kind}
     * @param limit how many to list at most
     * @throws MalformedException if there is no such kind, or the limit is not within 1..{@link #MAX_LISTED}
     */
    static FindingReport of(Records records, CodeList kinds, Optional<String> kind, int limit) {
        if (limit < 1 || limit > MAX_LISTED) {
            throw new MalformedException("limit is " + limit + ", expected 1.." + MAX_LISTED);
        }
        kind.filter(one -> kinds.indexOf(one) < 0).ifPresent(unknown -> {
            throw new MalformedException("there is no kind of finding \"" + unknown + "\", expected one of "
                    + String.join(
                            ", ",
                            kinds.codes().stream().map(code -> code.code()).toList()));
        });
        FindingReport report = new FindingReport();
        new Findings(records).scan((record, key, finding) -> {
            if (kind.isEmpty() || kind.get().equals(finding.text("kind"))) {
                report.count++;
                if (report.listed.size() < limit) {
                    report.listed.add(
                            new Finding(record, RecordFormat.shown(key), finding.text("kind"), finding.text("about")));
                }
            }
        });
        return report;
    }

    /** For the API: {@code count} of all, and those that are listed. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("count", count);
        ArrayNode array = json.putArray("findings");
        for (Finding finding : listed) {
            ObjectNode one = array.addObject()
                    .put("record", finding.record.wireName())
                    .put("key", finding.key)
                    .put("kind", finding.kind);
            ArrayNode columns = one.putArray("columns");
            for (String column : finding.about.split(" ", -1)) {
                columns.add(column);
            }
        }
        return json;
    }
}
