package se.samsyn.node.record;

import java.util.function.Consumer;

/** Where tabulation reads records from, in one pass. */
public interface RecordSource {
    /**
     * Gives every record of a kind once, in the order of the keys.
     *
     * <p>A record's fields are the columns of its file in camel case; {@code samsyn import --columns} lists them. Of a {@code trial}
     * {@code trial_id} and {@code other_ids} together are {@code ids} (texts), {@code start_date} and {@code end_date} are {@code start}
     * and {@code end}, {@code places} (texts) are the place codes of its sites, {@code -} if none is known, and {@code sites} (texts) the
     * sites themselves, each a {@link SiteText}, and {@code recruitedShare} is actual participants against planned ones. In the other kinds
     * {@code trial} is the smallest number of the trial that the node knows.
     *
     * @param recordKind the kind's name in a dataset definition: that of a {@link RecordKind} or a {@link DerivedKind}, whose fields
     *     {@link LeadTimes} and {@link Findings} say
     * @throws IllegalArgumentException if no dataset can be made of that kind
     */
    void scan(String recordKind, Consumer<SourceRecord> each);
}
