package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.statistic.CompensationModel;
import se.samsyn.protocol.statistic.CompensationModel.Burden;
import se.samsyn.protocol.statistic.CompensationModel.Flow;
import se.samsyn.protocol.statistic.Gini;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.Pool;
import se.samsyn.protocol.summary.Published;

/**
 * Who would bear what of the care around studies under each {@link CompensationModel}: the study is at the member that tells the cell, the
 * patient's home the cell's region. All that the table tells is shared, whoever bears it today.
 *
 * <p>A party is a member with the regions that it speaks for alone. A region that no member speaks for alone (Halland) and what is unknown
 * are parties of their own, so that nothing is spread by guess.
 */
final class Compensation {
    private static final String AMOUNT = "amountOre";
    private static final String ITEMS = "items";
    private static final String HOME = "home-region";
    private static final String CATEGORY = "category";

    private final NationalView view;
    private final Table table;
    private final List<Party> parties = new ArrayList<>();
    private final int[] partyOfHome;
    private final long[] inhabitants;

    /** Who bears: a member, or a region that is none's alone. */
    private record Party(String name, boolean isMember, long inhabitants) {}

    Compensation(NationalView view) {
        this.view = view;
        this.table = view.query.table().flatMap(view.definition::table).orElseThrow();
        CodeList population = view.definition.population().orElseThrow();
        List<Code> homes = table.dimensions().get(0).codes().codes();
        this.partyOfHome = new int[homes.size()];
        for (MemberPart part : view.parts) {
            parties.add(new Party(part.member().node(), true, part.inhabitantsOfRegions(population)));
        }
        for (int home = 0; home < homes.size(); home++) {
            String code = homes.get(home).code();
            Optional<Integer> member = IntStream.range(0, view.parts.size())
                    .boxed()
                    .filter(index -> view.parts.get(index).member().scope().covers(code))
                    .findFirst();
            if (member.isEmpty()) {
                long people = population
                        .get(code)
                        .map(place -> place.inhabitants().orElse(0))
                        .orElse(0L);
                parties.add(new Party(code, false, people));
            }
            partyOfHome[home] = member.orElse(parties.size() - 1);
        }
        this.inhabitants = parties.stream().mapToLong(Party::inhabitants).toArray();
    }

    /**
     * Insists on amounts by home region.
     *
     * @throws MalformedException if the table has others
     */
    static void check(DatasetDefinition definition, ViewQuery query) {
        boolean fits = query.table()
                .flatMap(definition::table)
                .filter(table -> table.dimensions().get(0).name().equals(HOME))
                .filter(table -> table.dimensions().stream()
                        .skip(1)
                        .allMatch(other -> other.name().equals(CATEGORY)))
                .filter(table -> index(table, AMOUNT) >= 0 && index(table, ITEMS) >= 0)
                .isPresent();
        if (!fits || definition.population().isEmpty()) {
            throw new MalformedException(
                    "derive=compensation needs amounts and items by home region, such as the tables"
                            + " home-region and home-region-category of dataset costs");
        }
    }

    void write(ObjectNode json) {
        json.put("baseline", CompensationModel.HOME_PAYS.word());
        ArrayNode rows = json.putArray("rows");
        ArrayNode totals = json.putArray("totals");
        for (int period = 0; period < view.periods.size(); period++) {
            Map<CompensationModel, List<Burden>> burdens = burdens(period);
            for (int party = 0; party < parties.size(); party++) {
                if (parties.get(party).isMember || isConcerned(burdens, party)) {
                    writeRow(rows.addObject(), period, party, burdens);
                }
            }
            ObjectNode total =
                    totals.addObject().put("period", view.periods.get(period).toString());
            total.set("totalOre", view.total(period, index(table, AMOUNT)).json());
            ObjectNode gini = total.putObject("gini");
            if (view.isComplete(period)) {
                burdens.forEach(
                        (model, all) -> gini(all).ifPresent(coefficient -> gini.put(model.word(), coefficient)));
            }
        }
    }

    private void writeRow(ObjectNode row, int period, int index, Map<CompensationModel, List<Burden>> burdens) {
        Party party = parties.get(index);
        row.put("period", view.periods.get(period).toString())
                .put(party.isMember ? "node" : "region", party.name)
                .put("inhabitants", party.inhabitants);
        ObjectNode bears = row.putObject("bearsOre");
        ObjectNode gains = row.putObject("gainsOre");
        boolean complete = view.isComplete(period);
        Burden baseline =
                burdens.getOrDefault(CompensationModel.HOME_PAYS, List.of()).get(index);
        burdens.forEach((model, all) -> {
            Burden burden = all.get(index);
            bears.set(model.word(), json(burden, complete));
            if (complete && model != CompensationModel.HOME_PAYS) {
                gains.set(model.word(), json(gain(baseline, burden), true));
            }
        });
    }

    /** How much less than under the baseline. */
    private static Burden gain(Burden baseline, Burden burden) {
        return new Burden(baseline.low() - burden.high(), baseline.high() - burden.low());
    }

    private static ObjectNode json(Burden burden, boolean complete) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!complete) {
            return json.put("atLeast", burden.low());
        }
        return burden.isExact()
                ? json.put("exact", burden.low())
                : json.put("from", burden.low()).put("to", burden.high());
    }

    private boolean isConcerned(Map<CompensationModel, List<Burden>> burdens, int party) {
        return burdens.getOrDefault(CompensationModel.HOME_PAYS, List.of())
                        .get(party)
                        .high()
                > 0;
    }

    /** By model; a price for each item is not said where a member has not told its part, for it rests on all of them. */
    private Map<CompensationModel, List<Burden>> burdens(int period) {
        List<Flow> flows = new ArrayList<>();
        for (int study = 0; study < view.parts.size(); study++) {
            int index = study;
            view.parts.get(study).published().get(period).ifPresent(published -> add(flows, index, published));
        }
        Map<CompensationModel, List<Burden>> burdens = new EnumMap<>(CompensationModel.class);
        for (CompensationModel model : CompensationModel.values()) {
            if (model != CompensationModel.FIXED_PRICE || view.isComplete(period)) {
                model.burdens(flows, inhabitants).ifPresent(all -> burdens.put(model, all));
            }
        }
        return burdens;
    }

    private void add(List<Flow> flows, int study, Published published) {
        int amount = index(table, AMOUNT);
        int items = index(table, ITEMS);
        for (Cell cell : published.cells()) {
            flows.add(new Flow(
                    study,
                    List.of(home(cell.position())),
                    category(cell.position()),
                    cell.values().get(amount),
                    cell.values().get(items),
                    1));
        }
        if (published.pool().isPresent()) {
            Pool pool = published.pool().get();
            List<Integer> homes = pool.positions().stream()
                    .map(this::home)
                    .distinct()
                    .sorted()
                    .toList();
            flows.add(new Flow(
                    study,
                    homes,
                    Optional.empty(),
                    pool.values().get(amount),
                    pool.values().get(items),
                    pool.positions().size()));
        }
    }

    private int home(int position) {
        return partyOfHome[table.shape().codeIndex(position, 0)];
    }

    private Optional<String> category(int position) {
        List<Dimension> dimensions = table.dimensions();
        return dimensions.size() == 1
                ? Optional.empty()
                : Optional.of(table.shape().codes(position).get(1));
    }

    /** How unequal it is for each inhabitant, where every party's burden is known and none gains. */
    private Optional<String> gini(List<Burden> burdens) {
        boolean isKnown = burdens.stream().allMatch(burden -> burden.isExact() && burden.low() >= 0);
        if (!isKnown) {
            return Optional.empty();
        }
        List<Gini.Share> shares = IntStream.range(0, parties.size())
                .filter(party -> inhabitants[party] > 0)
                .mapToObj(party -> new Gini.Share(burdens.get(party).low(), inhabitants[party]))
                .toList();
        return Gini.of(shares).map(BigDecimal::toPlainString);
    }

    private static int index(Table table, String measure) {
        List<Measure> measures = table.measures();
        return IntStream.range(0, measures.size())
                .filter(i -> measures.get(i).name().equals(measure))
                .findFirst()
                .orElse(-1);
    }
}
