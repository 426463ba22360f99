package se.samsyn.protocol.summary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Column;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.RegisterRule;
import se.samsyn.protocol.dataset.RegistryNumber;
import se.samsyn.protocol.dataset.RosterRule;
import se.samsyn.protocol.dataset.Table;

/** The JSON of a body, both ways; the schema has checked the form before any field is read. */
final class SummaryJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** What a row holds beside its attributes. */
    private static final Set<String> ROW_FIELDS = Set.of("ids", "places");

    private static final String START = "start";
    private static final String END = "end";
    private static final String SITES = "sites";

    private SummaryJson() {}

    static Summary read(JsonNode json, DatasetDefinition definition) {
        String dataset = text(json, "dataset");
        if (!dataset.equals(definition.dataset())) {
            throw new MalformedException("the body is of dataset " + dataset + ", not " + definition.dataset());
        }
        Period period = Period.parse(text(json, "period"));
        if (!definition.period().has(period)) {
            throw new MalformedException("dataset " + dataset + " has no period " + period);
        }
        Salt salt = Salt.parseHex(text(json, "salt"));
        return new Summary(text(json, "node"), dataset, period, salt, content(json, definition));
    }

    private static SummaryContent content(JsonNode json, DatasetDefinition definition) {
        if (json.has("roster") != definition.roster().isPresent()) {
            throw new MalformedException("dataset " + definition.dataset()
                    + (json.has("roster") ? " has no roster" : " has a roster") + ", unlike the body");
        }
        if (definition.roster().isPresent()) {
            RosterRule rule = definition.roster().get();
            return new Roster(rule, list(json.get("roster"), row -> RosterRowJson.read(row, rule)));
        }
        if (json.has("register") != definition.register().isPresent()) {
            throw new MalformedException("dataset " + definition.dataset() + " has "
                    + (json.has("register") ? "tables" : "a register") + ", unlike the body");
        }
        return definition.register().isPresent()
                ? register(json.get("register"), definition.register().get())
                : tables(json, definition);
    }

    private static Tables tables(JsonNode json, DatasetDefinition definition) {
        if (json.has("k") == definition.isOpen()) {
            throw new MalformedException("the tables of dataset " + definition.dataset()
                    + (definition.isOpen() ? " are open and have no k" : " are protected, and the body names no k"));
        }
        int k = definition.isOpen() ? Tables.OPEN : json.get("k").intValue();
        JsonNode tables = json.get("tables");
        requireFields("tables", tables, definition.tables().stream().map(Table::name));
        return new Tables(k, list(definition.tables(), table -> table(table, k, tables.get(table.name()))));
    }

    private static TableValues table(Table table, int k, JsonNode json) {
        if (json.has("withheld")) {
            return new WithheldTable(table);
        }
        Optional<Pool> pool = Optional.ofNullable(json.get("pooled"))
                .map(pooled -> new Pool(list(pooled.get("at"), at -> position(table, at)), values(pooled)));
        return new Published(
                table,
                k,
                list(json.get("cells"), cell -> new Cell(position(table, cell.get("at")), values(cell))),
                pool);
    }

    private static int position(Table table, JsonNode at) {
        return table.shape().position(list(at, JsonNode::textValue));
    }

    private static Values values(JsonNode json) {
        return Values.of(StreamSupport.stream(json.get("values").spliterator(), false)
                .mapToLong(JsonNode::longValue)
                .toArray());
    }

    private static Register register(JsonNode json, RegisterRule rule) {
        return new Register(rule, list(json, row -> row(row, rule)));
    }

    private static RegisterRow row(JsonNode json, RegisterRule rule) {
        Set<String> expected = new TreeSet<>(ROW_FIELDS);
        rule.attributes().forEach(attribute -> expected.add(attribute.name()));
        Stream<String> columns =
                Stream.concat(rule.terms().stream(), rule.milestones().stream()).map(Column::name);
        Stream<String> optional = Stream.concat(Stream.of(START, END, SITES), columns);
        optional.filter(json::has).forEach(expected::add);
        requireFields("row", json, expected.stream());
        return new RegisterRow(
                list(json.get("ids"), id -> RegistryNumber.parse(id.textValue())),
                Optional.ofNullable(json.get(START)).map(JsonNode::textValue),
                Optional.ofNullable(json.get(END)).map(JsonNode::textValue),
                list(rule.attributes(), attribute -> text(json, attribute.name())),
                list(rule.terms(), term -> list(json.path(term.name()), JsonNode::textValue)),
                list(
                        rule.milestones(),
                        milestone ->
                                Optional.ofNullable(json.get(milestone.name())).map(JsonNode::textValue)),
                list(json.path(SITES), SummaryJson::site),
                list(json.get("places"), JsonNode::textValue));
    }

    private static RegisterSite site(JsonNode json) {
        return new RegisterSite(text(json, "place"), text(json, "role"), text(json, "hospital"));
    }

    static ObjectNode write(Summary summary) {
        ObjectNode json = NODES.objectNode()
                .put("node", summary.node())
                .put("dataset", summary.dataset())
                .put("period", summary.period().toString())
                .put("salt", summary.salt().toHex());
        if (summary.content() instanceof Tables tables) {
            if (tables.k() != Tables.OPEN) {
                json.put("k", tables.k());
            }
            ObjectNode byName = json.putObject("tables");
            tables.tables().forEach(values -> byName.set(values.table().name(), write(values)));
        } else if (summary.content() instanceof Register register) {
            json.set("register", array(register.rows(), row -> write(row, register.rule())));
        } else if (summary.content() instanceof Roster roster) {
            ArrayNode rows = json.putArray("roster");
            roster.rows().forEach(row -> RosterRowJson.write(rows.addObject(), row, roster.rule()));
        }
        return json;
    }

    private static ObjectNode write(TableValues values) {
        ObjectNode json = NODES.objectNode();
        if (values instanceof Published published) {
            Table table = published.table();
            json.set(
                    "cells",
                    array(
                            published.cells(),
                            cell -> NODES.objectNode()
                                    .<ObjectNode>set("at", at(table, cell.position()))
                                    .set("values", write(cell.values()))));
            published
                    .pool()
                    .ifPresent(pool -> json.putObject("pooled")
                            .<ObjectNode>set("at", array(pool.positions(), position -> at(table, position)))
                            .set("values", write(pool.values())));
        } else {
            json.put("withheld", true);
        }
        return json;
    }

    private static ArrayNode at(Table table, int position) {
        return array(table.shape().codes(position), NODES::textNode);
    }

    private static ArrayNode write(Values values) {
        ArrayNode array = NODES.arrayNode();
        for (long value : values.toArray()) {
            array.add(value);
        }
        return array;
    }

    private static ObjectNode write(RegisterRow row, RegisterRule rule) {
        ObjectNode json = NODES.objectNode();
        json.set("ids", array(row.ids(), id -> NODES.textNode(id.toString())));
        row.start().ifPresent(start -> json.put(START, start));
        row.end().ifPresent(end -> json.put(END, end));
        for (int i = 0; i < rule.attributes().size(); i++) {
            Dimension attribute = rule.attributes().get(i);
            json.put(attribute.name(), row.attributes().get(i));
        }
        for (int i = 0; i < rule.terms().size(); i++) {
            if (!row.terms().get(i).isEmpty()) {
                json.set(rule.terms().get(i).name(), array(row.terms().get(i), NODES::textNode));
            }
        }
        for (int i = 0; i < rule.milestones().size(); i++) {
            Column milestone = rule.milestones().get(i);
            row.milestones().get(i).ifPresent(date -> json.put(milestone.name(), date));
        }
        if (!row.sites().isEmpty()) {
            json.set(SITES, array(row.sites(), SummaryJson::write));
        }
        json.set("places", array(row.places(), NODES::textNode));
        return json;
    }

    private static ObjectNode write(RegisterSite site) {
        return NODES.objectNode()
                .put("place", site.place())
                .put("role", site.role())
                .put("hospital", site.hospital());
    }

    private static void requireFields(String what, JsonNode json, Stream<String> expected) {
        Set<String> wanted = expected.collect(Collectors.toCollection(TreeSet::new));
        Set<String> found = new TreeSet<>();
        json.fieldNames().forEachRemaining(found::add);
        if (!found.equals(wanted)) {
            throw new MalformedException(what + " has " + found + ", expected " + wanted);
        }
    }

    private static <T> ArrayNode array(List<T> things, Function<T, ? extends JsonNode> write) {
        ArrayNode array = NODES.arrayNode();
        things.forEach(thing -> array.add(write.apply(thing)));
        return array;
    }

    private static <S, T> List<T> list(Iterable<S> things, Function<S, T> read) {
        List<T> list = new ArrayList<>();
        things.forEach(thing -> list.add(read.apply(thing)));
        return list;
    }

    private static String text(JsonNode json, String field) {
        return json.get(field).textValue();
    }
}
