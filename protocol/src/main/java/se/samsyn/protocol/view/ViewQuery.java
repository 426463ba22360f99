package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.PeriodRule;
import se.samsyn.protocol.dataset.Table;

/**
 * A question to the national picture, in the words of its dataset's definition.
 *
 * @param dataset the name of the dataset
 * @param table the table, for a dataset of tables; its first one unless named
 * @param group attributes of a register to group by, the last one varying fastest; none gives one row a period
 * @param from the first period; the dataset's first unless named
 * @param to the last period; the newest that has begun unless named. Naming either leaves the unknown period out
 * @param byRegion whether a register's trials are counted once in each region where they have a site
 * @param derive what is to be calculated from the figures beside them; nothing unless named
 */
public record ViewQuery(
        String dataset,
        Optional<String> table,
        List<String> group,
        Optional<Period> from,
        Optional<Period> to,
        boolean byRegion,
        Optional<Derivation> derive) {
    private static final String TABLE = "table";
    private static final String GROUP = "group";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String BY = "by";
    private static final String DERIVE = "derive";
    private static final SortedSet<String> TABLE_PARAMS = new TreeSet<>(List.of(TABLE, FROM, TO, DERIVE));
    private static final SortedSet<String> REGISTER_PARAMS = new TreeSet<>(List.of(GROUP, BY, FROM, TO, DERIVE));

    public ViewQuery {
        group = List.copyOf(group);
    }

    /** A query after the figures alone. */
    public ViewQuery(
            String dataset,
            Optional<String> table,
            List<String> group,
            Optional<Period> from,
            Optional<Period> to,
            boolean byRegion) {
        this(dataset, table, group, from, to, byRegion, Optional.empty());
    }

    /**
     * Reads the parameters of a query: {@code table}, {@code from} and {@code to} for tables; {@code group} (names with
     * commas between, the name of the places meaning by region), {@code by}, {@code from} and {@code to} for registers; {@code
     * derive} for both.
     *
     * @throws MalformedException saying what is not there, and what is
     */
    public static ViewQuery parse(Map<String, String> params, DatasetDefinition definition) {
        boolean hasTables = !definition.tables().isEmpty();
        SortedSet<String> known = hasTables ? TABLE_PARAMS : REGISTER_PARAMS;
        for (String param : new TreeSet<>(params.keySet())) {
            if (!known.contains(param)) {
                throw unknown("parameter", param, "dataset " + definition.dataset(), known);
            }
        }
        List<String> group = new ArrayList<>(names(params.get(GROUP)));
        List<String> by = names(params.get(BY));
        List<String> places = definition.places().map(Dimension::name).stream().toList();
        by.stream().filter(name -> !places.contains(name)).findFirst().ifPresent(name -> {
            throw unknown("place to compare by", name, "dataset " + definition.dataset(), places);
        });
        boolean byRegion = group.removeAll(places) || !by.isEmpty();
        Optional<String> table = hasTables
                ? Optional.of(
                        params.getOrDefault(TABLE, definition.tables().get(0).name()))
                : Optional.empty();
        ViewQuery query = new ViewQuery(
                definition.dataset(),
                table,
                group,
                period(params.get(FROM)),
                period(params.get(TO)),
                byRegion,
                Optional.ofNullable(params.get(DERIVE)).map(Derivation::parse));
        query.check(definition);
        return query;
    }

    /**
     * Refuses a query that the definition cannot answer.
     *
     * @throws MalformedException saying what is not there, and what is
     */
    void check(DatasetDefinition definition) {
        if (!dataset.equals(definition.dataset())) {
            throw unknown("dataset", dataset, "this picture", List.of(definition.dataset()));
        }
        if (definition.tables().isEmpty()) {
            checkRows(definition);
        } else {
            checkTable(definition);
        }
        from.ifPresent(period -> checkPeriod(period, definition.period()));
        to.ifPresent(period -> checkPeriod(period, definition.period()));
        if (from.isPresent() && to.isPresent() && from.get().compareTo(to.get()) > 0) {
            throw new MalformedException("from " + from.get() + " is after to " + to.get());
        }
        derive.ifPresent(derivation -> derivation.check(definition, this));
    }

    private void checkRows(DatasetDefinition definition) {
        if (table.isPresent()) {
            throw new MalformedException(
                    "dataset " + dataset + " is a " + (definition.register().isPresent() ? "register" : "roster")
                            + " and has no tables, so no table \"" + table.get() + "\"");
        }
        List<String> there = new ArrayList<>(
                definition.groupings().stream().map(Dimension::name).toList());
        definition.places().ifPresent(places -> there.add(places.name()));
        for (String name : group) {
            if (!there.contains(name)) {
                throw unknown("attribute", name, "dataset " + dataset, there);
            }
        }
        if (byRegion && definition.places().isEmpty()) {
            throw new MalformedException("dataset " + dataset + " does not say where things are");
        }
        if (new HashSet<>(group).size() < group.size()) {
            throw new MalformedException("group names an attribute twice: " + String.join(",", group));
        }
    }

    private void checkTable(DatasetDefinition definition) {
        String name = table.orElse("");
        if (definition.table(name).isEmpty()) {
            throw unknown(
                    TABLE,
                    name,
                    "dataset " + dataset,
                    definition.tables().stream().map(Table::name).toList());
        }
        if (!group.isEmpty() || byRegion) {
            throw new MalformedException("dataset " + dataset + " has tables and cannot be grouped otherwise");
        }
    }

    private static void checkPeriod(Period period, PeriodRule rule) {
        if (period.isUnknown() || !rule.has(period)) {
            throw new MalformedException("there is no period " + period + ": this dataset goes by "
                    + rule.granularity().word() + " from " + rule.first());
        }
    }

    /** The periods that are asked for, of those that are expected. */
    List<Period> select(List<Period> expected) {
        boolean whole = from.isEmpty() && to.isEmpty();
        return expected.stream()
                .filter(period -> whole || !period.isUnknown())
                .filter(period -> from.isEmpty() || period.compareTo(from.get()) >= 0)
                .filter(period -> to.isEmpty() || period.compareTo(to.get()) <= 0)
                .toList();
    }

    ObjectNode json() {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("dataset", dataset).put("byRegion", byRegion);
        table.ifPresent(name -> json.put(TABLE, name));
        from.ifPresent(period -> json.put(FROM, period.toString()));
        to.ifPresent(period -> json.put(TO, period.toString()));
        group.forEach(json.putArray(GROUP)::add);
        derive.ifPresent(derivation -> json.put(DERIVE, derivation.word()));
        return json;
    }

    private static Optional<Period> period(@Nullable String text) {
        return Optional.ofNullable(text).map(Period::parse);
    }

    private static List<String> names(@Nullable String text) {
        return text == null ? List.of() : List.of(text.split(",", -1));
    }

    private static MalformedException unknown(String what, String name, String where, Iterable<String> there) {
        return new MalformedException(
                where + " has no " + what + " \"" + name + "\"; there is " + String.join(", ", there));
    }
}
