package se.samsyn.node.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import se.samsyn.node.record.RecordKind;

/**
 * What a node does with its own records without being asked.
 *
 * @param importDirectory a folder whose files are imported; none are if absent
 * @param importMinutes how long after one look into it the next comes
 * @param retentionMonths by kind: months after which records are deleted; what is not named stays
 */
public record RecordPlan(Optional<Path> importDirectory, int importMinutes, Map<RecordKind, Integer> retentionMonths) {
    /** Default of {@code importMinutes}. */
    public static final int DEFAULT_IMPORT_MINUTES = 10;

    /** Nothing without being asked. */
    public static final RecordPlan NONE = new RecordPlan(Optional.empty(), DEFAULT_IMPORT_MINUTES, Map.of());

    public RecordPlan {
        retentionMonths = Map.copyOf(retentionMonths);
    }
}
