package se.samsyn.node.protect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import se.samsyn.node.tabulate.RawAccess;
import se.samsyn.node.tabulate.RawTables;
import se.samsyn.node.tabulate.Tabulation;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.summary.Summary;
import se.samsyn.protocol.summary.SummaryContent;

/**
 * A {@link Protector} that does not work out again what it knows: where the records of a period are those from which it made what the
 * newest revision says, there is nothing new to say. It remembers no records but a hash of them, and nothing when the node stops. For
 * one thread at a time.
 */
public final class RememberingProtector {
    private static final RawAccess ACCESS = RawAccess.forProtection();

    private final Map<Of, Made> made = new HashMap<>();

    /** What is protected. */
    private record Of(String dataset, Period period) {}

    /** What a draft was made from, and the draft. */
    private record Made(DatasetDefinition definition, int raisedK, Hash records, Draft draft) {}

    /**
     * Protects a tabulation, as {@link Protector#protect} does.
     *
     * @param earlierRevisions as there
     */
    public Protection protect(
            DatasetDefinition definition, Tabulation tabulation, int raisedK, List<Summary> earlierRevisions) {
        if (!(tabulation instanceof RawTables tables)) {
            return Protector.protect(definition, tabulation, raisedK, earlierRevisions);
        }
        Of of = new Of(definition.dataset(), tabulation.period());
        Hash records = tables.fingerprint(ACCESS);
        Optional<Draft> standing = Optional.ofNullable(made.get(of))
                .filter(before -> before.definition.equals(definition)
                        && before.raisedK == raisedK
                        && before.records.equals(records))
                .map(Made::draft)
                .filter(draft -> newest(earlierRevisions).equals(Optional.of(draft.content())));
        if (standing.isPresent()) {
            return new Unchanged(standing.get());
        }
        Protection protection = Protector.protect(definition, tabulation, raisedK, earlierRevisions);
        if (protection instanceof Draft draft) {
            made.put(of, new Made(definition, raisedK, records, draft));
        } else if (protection instanceof Unchanged unchanged) {
            made.put(of, new Made(definition, raisedK, records, unchanged.draft()));
        }
        return protection;
    }

    private static Optional<SummaryContent> newest(List<Summary> revisions) {
        return revisions.isEmpty()
                ? Optional.empty()
                : Optional.of(revisions.get(revisions.size() - 1).content());
    }
}
