package se.samsyn.node.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import se.samsyn.node.Json;

/**
 * What a deletion did.
 *
 * @param deleted records that are gone, sites that went with their trial not counted
 * @param undated records that stay because they have no date to grow old by
 * @param current old records that stay because they still tell how things are
 */
public record DeletionReport(RecordKind kind, long deleted, long undated, long current) {
    /** For the API. */
    public ObjectNode toJson() {
        return Json.object()
                .put("record", kind.wireName())
                .put("deleted", deleted)
                .put("undated", undated)
                .put("current", current);
    }
}
