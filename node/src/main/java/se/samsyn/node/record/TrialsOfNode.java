package se.samsyn.node.record;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The trials that a node had when it was first asked. For one import; not for several threads. */
final class TrialsOfNode implements KnownTrials {
    private final Records records;
    private @Nullable Set<String> filed;
    private @Nullable Set<String> numbers;

    TrialsOfNode(Records records) {
        this.records = records;
    }

    @Override
    public boolean isFiledUnder(String number) {
        Set<String> known = filed;
        if (known == null) {
            known = records.trialIds();
            filed = known;
        }
        return known.contains(number);
    }

    @Override
    public boolean has(String number) {
        Set<String> known = numbers;
        if (known == null) {
            known = records.trialNames().keySet();
            numbers = known;
        }
        return known.contains(number);
    }
}
