package se.samsyn.node.record;

import java.util.Set;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.root.Scope;

/** The formats of all kinds of record, at a node with its scope, its trials and its network's words. */
final class RecordFormats {
    /**
     * As this program documents them. They also read what is stored, at every node: which codes a network has is not asked of a stored
     * record.
     */
    static final RecordFormats SHIPPED = new RecordFormats(
            new AgreedWords(NetworkFiles.shipped()), new Scope(Set.of(Scope.UNKNOWN_REGION)), KnownTrials.ANY);

    private final Meanings meanings;
    private final AgreedWords words;

    RecordFormats(AgreedWords words, Scope scope, KnownTrials trials) {
        this.words = words;
        this.meanings = new Meanings(words, scope, trials);
    }

    RecordFormat of(RecordKind kind) {
        return switch (kind) {
            case TRIAL -> TrialFormats.trial(words, meanings);
            case SITE -> TrialFormats.site(words, meanings);
            case PARTICIPATION -> TrialFormats.participation(words, meanings);
            case COST_ITEM -> MoneyFormats.costItem(words, meanings);
            case RECEIVED_INVOICE -> MoneyFormats.receivedInvoice(words, meanings);
            case GRANT -> MoneyFormats.grant(words);
            case TRIAL_UNIT -> CapacityFormats.trialUnit(words, meanings);
            case ATMP_CENTRE -> CapacityFormats.atmpCentre(words, meanings);
            case COHORT_COUNT -> CapacityFormats.cohortCount(words, meanings);
            case MEASURE_STATUS -> CapacityFormats.measureStatus(words);
        };
    }
}
