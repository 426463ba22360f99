package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.statistic.Figure;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.Published;

/**
 * What is wrong with the data, in all and member by member: what each member has found in its own records and told, where members disagree
 * about one trial and whose word did not count, what is not told, what was rejected, and whose log nobody vouches for any more.
 */
final class Quality {
    private final NationalView view;
    private final RegisterReading register;
    private final List<Code> kinds;
    private final boolean complete;

    /** The trials on which a member disagrees with others, and those of them where another's word counts. */
    private static final class Disagreements {
        private int trials;
        private int overruled;
    }

    Quality(NationalView view) {
        this.view = view;
        this.register = view.reading
                .map(reading -> reading instanceof RegisterReading one ? one : null)
                .orElseThrow(() -> new MalformedException("derive=quality reads dataset "
                        + view.definition.conflicts().orElse("") + ", which is no register"));
        this.kinds = view.axes.get(0).codes();
        this.complete = IntStream.range(0, view.periods.size()).allMatch(view::isComplete);
    }

    /**
     * Insists on counts by kind, beside a register of trials.
     *
     * @throws MalformedException if the dataset or the table is another
     */
    static void check(DatasetDefinition definition, ViewQuery query) {
        boolean fits = query.table()
                .flatMap(definition::table)
                .filter(table ->
                        table.dimensions().size() == 1 && table.measures().size() == 1)
                .isPresent();
        if (!fits || definition.conflicts().isEmpty()) {
            throw new MalformedException("derive=quality needs a table of findings by kind, beside a register of"
                    + " trials, such as that of dataset quality");
        }
    }

    void write(ObjectNode json) {
        register.write(json.putObject("reads"));
        ArrayNode totals = json.putArray("findings");
        for (int kind = 0; kind < kinds.size(); kind++) {
            long sum = 0;
            for (int period = 0; period < view.periods.size(); period++) {
                sum = Math.addExact(sum, view.cell(period, kind, 0).low());
            }
            ObjectNode total = totals.addObject().put("kind", kinds.get(kind).code());
            total.set("count", Figure.of(sum, 0, complete).json());
        }
        writeConflicts(json);
        SortedMap<String, Disagreements> disagreements = disagreements();
        ArrayNode rows = json.putArray("rows");
        view.parts.forEach(part -> write(
                rows.addObject(), part, disagreements.getOrDefault(part.member().node(), new Disagreements())));
    }

    /** How many trials members disagree on, in all and by what it is about. */
    private void writeConflicts(ObjectNode json) {
        SortedMap<String, Integer> byAttribute = new TreeMap<>();
        for (MergedTrial trial : register.disputed()) {
            trial.conflicts().forEach(conflict -> byAttribute.merge(conflict.attribute(), 1, Integer::sum));
        }
        json.set(
                "conflicts",
                Figure.of(register.disputed().size(), 0, register.whole()).json());
        ArrayNode attributes = json.putArray("attributes");
        byAttribute.forEach((attribute, count) -> attributes
                .addObject()
                .put("attribute", attribute)
                .set("count", Figure.of(count, 0, register.whole()).json()));
    }

    private SortedMap<String, Disagreements> disagreements() {
        SortedMap<String, Disagreements> byNode = new TreeMap<>();
        for (MergedTrial trial : register.disputed()) {
            SortedMap<String, Boolean> overruled = new TreeMap<>();
            for (Conflict conflict : trial.conflicts()) {
                SortedSet<String> heard = conflict.nodesByValue().getOrDefault(conflict.taken(), new TreeSet<>());
                conflict.nodesByValue()
                        .values()
                        .forEach(nodes -> nodes.forEach(
                                node -> overruled.merge(node, !heard.contains(node), Boolean::logicalOr)));
            }
            overruled.forEach((node, isOverruled) -> {
                Disagreements of = byNode.computeIfAbsent(node, any -> new Disagreements());
                of.trials++;
                of.overruled += isOverruled ? 1 : 0;
            });
        }
        return byNode;
    }

    private void write(ObjectNode row, MemberPart part, Disagreements disagreements) {
        row.put("node", part.member().node())
                .put("stale", part.isStale(view.basis.atSeconds()))
                .put("untold", part.standings().size() - part.toldPeriods())
                .put("rejected", register.rejected().getOrDefault(part.member().node(), 0))
                .put("conflicts", disagreements.trials)
                .put("overruled", disagreements.overruled);
        ObjectNode findings = row.putObject("findings");
        findings(part).forEach(findings::put);
    }

    /** Of each kind how many the member has told, over all periods. */
    private Map<String, Long> findings(MemberPart part) {
        Map<String, Long> counts = new TreeMap<>();
        part.published()
                .forEach(told -> told.map(Published::cells)
                        .orElse(List.of())
                        .forEach(cell -> counts.merge(kind(cell), cell.values().get(0), Math::addExact)));
        return counts;
    }

    private String kind(Cell cell) {
        return kinds.get(cell.position()).code();
    }
}
