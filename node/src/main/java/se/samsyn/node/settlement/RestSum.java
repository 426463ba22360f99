package se.samsyn.node.settlement;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import se.samsyn.node.record.SourceRecord;
import se.samsyn.protocol.settlement.OutcomeTotal;
import se.samsyn.protocol.settlement.Rest;

/** Adds up cost items that are in the published costs and in no line, or the other way round. */
final class RestSum {
    private int items;
    private final Set<String> participants = new HashSet<>();
    private final Map<String, Long> amountOfTrial = new TreeMap<>();

    void add(SourceRecord item) {
        items++;
        participants.add(item.text("participant"));
        amountOfTrial.merge(item.text("trial"), item.number("amountOre"), Math::addExact);
    }

    void addAll(RestSum other) {
        items += other.items;
        participants.addAll(other.participants);
        other.amountOfTrial.forEach((trial, amount) -> amountOfTrial.merge(trial, amount, Math::addExact));
    }

    Rest judge(int k) {
        long amount = amountOfTrial.values().stream().mapToLong(each -> each).sum();
        long largest =
                amountOfTrial.values().stream().mapToLong(each -> each).max().orElse(0);
        return Rest.of(new OutcomeTotal(items, amount, amount, participants.size(), largest), k);
    }
}
