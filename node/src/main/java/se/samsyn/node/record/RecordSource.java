package se.samsyn.node.record;

import java.util.function.Consumer;

/** Where tabulation reads records from, in one pass. */
public interface RecordSource {
    /**
     * Gives every record of a kind once, in the order of the keys.
     *
     * <p>{@code trial}: ids (texts), start, end, phase, status, sponsorClass, studyType, places (texts: the place
     * codes of its sites, {@code -} if none is known). {@code cost-item}: trial, participant, homeRegion,
     * studyRegion, date, category, bearer, amountOre (number).
     *
     * @param recordKind the kind's {@link RecordKind#wireName}, as in a dataset definition
     * @throws IllegalArgumentException if no dataset can be made of that kind
     */
    void scan(String recordKind, Consumer<SourceRecord> each);
}
