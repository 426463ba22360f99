package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import se.samsyn.protocol.dataset.RosterRule;
import se.samsyn.protocol.dataset.SettlementRule;

/**
 * What two members tell of a quarter for which the one asks the other for money.
 *
 * @param tellers who of the two tells it
 * @param told what they tell, by outcome; nothing where they contradict one another
 */
record SettledPair(
        RosterRule roster,
        SettlementRule rule,
        String issuer,
        String payer,
        State state,
        List<String> tellers,
        List<ListedRow> told) {
    /** How far the two have come. */
    enum State {
        /** Both tell the same, and nothing is left open. */
        AGREED,
        /** Both tell the same: that they differ about something, or that there is more than may be told. */
        OPEN,
        /** Only one of them tells it. */
        ONE_SIDED,
        /** They tell different things. */
        CONTRADICTING;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static SettledPair of(RosterRule roster, SettlementRule rule, String issuer, String payer, List<ListedRow> rows) {
        Map<String, List<ListedRow>> byTeller = new TreeMap<>();
        rows.forEach(row ->
                byTeller.computeIfAbsent(row.node(), any -> new ArrayList<>()).add(row));
        List<List<ListedRow>> accounts = List.copyOf(byTeller.values());
        boolean alike = accounts.stream().map(SettledPair::cells).distinct().count() == 1;
        List<ListedRow> told = alike ? accounts.get(0) : List.of();
        int outcome = roster.indexOf(rule.outcome());
        State state;
        if (!alike) {
            state = State.CONTRADICTING;
        } else if (accounts.size() == 1) {
            state = State.ONE_SIDED;
        } else {
            boolean isSettled =
                    told.stream().allMatch(row -> row.cell(outcome).get(0).equals(rule.settled()));
            state = isSettled ? State.AGREED : State.OPEN;
        }
        return new SettledPair(roster, rule, issuer, payer, state, List.copyOf(byTeller.keySet()), told);
    }

    /** The amount that both tell is owed; none where they do not tell alike, or withhold it. */
    Optional<Long> owedOre() {
        if (state != State.AGREED && state != State.OPEN) {
            return Optional.empty();
        }
        return told.stream()
                .filter(row -> outcome(row).equals(rule.settled()))
                .map(row -> row.number(roster.indexOf(rule.amount())))
                .findFirst()
                .or(() -> isWithheld() ? Optional.empty() : Optional.of(0L));
    }

    /** Whether it is known how much is owed. */
    boolean isOwedKnown() {
        return owedOre().isPresent();
    }

    void write(ObjectNode json) {
        json.put("issuer", issuer).put("payer", payer).put("state", state.word());
        tellers.forEach(json.putArray("tellers")::add);
        if (!told.isEmpty()) {
            json.put(
                    "agreement",
                    told.get(0).cell(roster.indexOf(rule.agreement())).get(0));
        }
        json.put("withheld", isWithheld());
        ArrayNode totals = json.putArray("totals");
        for (ListedRow row : told) {
            if (!outcome(row).equals(rule.withheld())) {
                totals.addObject()
                        .put("outcome", outcome(row))
                        .put("lines", row.number(roster.indexOf(rule.lines())))
                        .put("amountOre", row.number(roster.indexOf(rule.amount())))
                        .put("payerAmountOre", row.number(roster.indexOf(rule.payerAmount())))
                        .put("participants", row.number(roster.indexOf(rule.persons())));
            }
        }
    }

    private boolean isWithheld() {
        return told.stream().anyMatch(row -> outcome(row).equals(rule.withheld()));
    }

    private String outcome(ListedRow row) {
        return row.cell(roster.indexOf(rule.outcome())).get(0);
    }

    /** What is told, whoever tells it. */
    private static List<List<List<String>>> cells(List<ListedRow> rows) {
        return rows.stream()
                .map(row -> row.row().cells())
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .toList();
    }
}
