package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.RosterRule;
import se.samsyn.protocol.dataset.SettlementRule;
import se.samsyn.protocol.settlement.Netting;
import se.samsyn.protocol.settlement.Payment;
import se.samsyn.protocol.statistic.Figure;
import se.samsyn.protocol.statistic.Rate;

/**
 * Who owes whom for care, by what both of a pair tell alike; the few payments that settle it; the burden for each 1,000 inhabitants; and
 * the pairs that have not agreed.
 *
 * <p>Only what both tell with the same agreement counts as owed. What a pair withholds, what only one of them tells and what neither tells
 * makes figures of both of them {@code atLeast}, as nobody knows how much that is.
 */
final class Settlement {
    private static final int PER_INHABITANTS = 1_000;
    /** Pairs of which neither tells anything. */
    private static final String SILENT = "silent";

    private final NationalView view;
    private final SettlementRule rule;
    private final CodeList population;
    private final List<MemberPart> settling;

    Settlement(NationalView view) {
        this.view = view;
        RosterRule roster = view.definition.roster().orElseThrow();
        this.rule = roster.settlement().orElseThrow();
        this.population = view.definition.population().orElseThrow();
        this.settling =
                view.parts.stream().filter(part -> inhabitants(part) > 0).toList();
    }

    /**
     * Insists on a roster of settlements.
     *
     * @throws MalformedException if the dataset has none
     */
    static void check(DatasetDefinition definition) {
        boolean fits = definition.roster().flatMap(RosterRule::settlement).isPresent()
                && definition.population().isPresent();
        if (!fits) {
            throw new MalformedException("derive=settlement needs a roster of what pairs of members have settled, such"
                    + " as settlement; dataset " + definition.dataset() + " has none");
        }
    }

    void write(ObjectNode json) {
        ArrayNode rows = json.putArray("rows");
        ArrayNode members = json.putArray("members");
        ArrayNode payments = json.putArray("payments");
        ArrayNode pairs = json.putArray("pairs");
        for (Period period : view.periods) {
            List<SettledPair> settled = pairs(period);
            settled.forEach(pair -> pair.write(rows.addObject().put("period", period.toString())));
            writeMembers(members, period, settled);
            Netting.of(debts(settled))
                    .forEach(payment -> payments.addObject()
                            .put("period", period.toString())
                            .put("from", payment.from())
                            .put("to", payment.to())
                            .put("amountOre", payment.amountOre()));
            writeStates(pairs, period, settled);
        }
    }

    private List<SettledPair> pairs(Period period) {
        Map<String, Map<String, List<ListedRow>>> byPair = new TreeMap<>();
        RosterRule roster = view.definition.roster().orElseThrow();
        for (ListedRow row : view.listed) {
            if (row.period().equals(period)) {
                String issuer = row.cell(roster.indexOf(rule.issuer())).get(0);
                String payer = row.cell(roster.indexOf(rule.payer())).get(0);
                byPair.computeIfAbsent(issuer, any -> new TreeMap<>())
                        .computeIfAbsent(payer, any -> new ArrayList<>())
                        .add(row);
            }
        }
        List<SettledPair> pairs = new ArrayList<>();
        byPair.forEach((issuer, payers) ->
                payers.forEach((payer, told) -> pairs.add(SettledPair.of(roster, rule, issuer, payer, told))));
        return pairs;
    }

    private void writeMembers(ArrayNode members, Period period, List<SettledPair> settled) {
        for (MemberPart part : settling) {
            String node = part.member().node();
            Figure owes = sum(settled, node, SettledPair::payer);
            Figure isOwed = sum(settled, node, SettledPair::issuer);
            ObjectNode json = members.addObject()
                    .put("period", period.toString())
                    .put("node", node)
                    .put("inhabitants", inhabitants(part));
            json.set("owesOre", owes.json());
            json.set("isOwedOre", isOwed.json());
            if (owes.isExact() && isOwed.isExact()) {
                json.put("balanceOre", isOwed.low() - owes.low());
            }
            json.set(
                    "owesPerThousandOre",
                    Rate.of(owes, inhabitants(part), PER_INHABITANTS).json());
        }
    }

    /** What a member owes as payer, or is owed as issuer, over all pairs of which it is that side. */
    private Figure sum(List<SettledPair> settled, String node, Function<SettledPair, String> side) {
        long sum = 0;
        int known = 0;
        for (SettledPair pair : settled) {
            if (side.apply(pair).equals(node)) {
                sum = Math.addExact(sum, pair.owedOre().orElse(0L));
                known += pair.isOwedKnown() ? 1 : 0;
            }
        }
        return Figure.of(sum, 0, known == settling.size() - 1);
    }

    private static List<Payment> debts(List<SettledPair> settled) {
        return settled.stream()
                .flatMap(pair -> pair
                        .owedOre()
                        .filter(owed -> owed > 0)
                        .map(owed -> new Payment(pair.payer(), pair.issuer(), owed))
                        .stream())
                .toList();
    }

    private void writeStates(ArrayNode pairs, Period period, List<SettledPair> settled) {
        Map<String, Long> counts = new TreeMap<>();
        settled.forEach(pair -> counts.merge(pair.state().word(), 1L, Math::addExact));
        long all = (long) settling.size() * (settling.size() - 1);
        counts.put(SILENT, Math.max(0, all - settled.size()));
        counts.forEach((state, count) -> pairs.addObject()
                .put("period", period.toString())
                .put("state", state)
                .put("count", count));
    }

    /** How many people live in the regions that a member speaks for alone. */
    private long inhabitants(MemberPart part) {
        return part.inhabitantsOfRegions(population);
    }
}
