package se.samsyn.protocol.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.json.JsonSchema;

/** The JSON of a definition, both ways; the schema has checked the form before any field is read. */
final class DefinitionJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String POPULATION = "population";
    private static final String ROSTER = "roster";
    private static final String RESERVE = "reserve";
    private static final String KEEPER = "keeper";
    private static final String CONFLICTS = "conflicts";
    private static final String DISCLOSURE = "disclosure";
    private static final String TERMS = "terms";
    private static final String MILESTONES = "milestones";
    private static final String STEPS = "steps";
    private static final String SITES = "sites";
    private static final String OVERLAP = "overlap";
    private static final String ROLES = "roles";
    private static final String HOSPITALS = "hospitals";
    private static final String COMPARISONS = "comparisons";

    private DefinitionJson() {}

    static DatasetDefinition read(JsonNode json) {
        JsonSchema.named("dataset").check(json);
        List<Dimension> dimensions = list(json.path("dimensions"), DefinitionJson::dimension);
        List<Measure> measures = list(json.path("measures"), DefinitionJson::measure);
        return new DatasetDefinition(
                text(json, "dataset"),
                integer(json, "version"),
                text(json, "record"),
                CodeListJson.labels(json.get("title")),
                periodRule(json.get("period")),
                dimensions,
                measures,
                list(json.path("tables"), table -> table(table, dimensions, measures)),
                optional(json, "register").map(DefinitionJson::register),
                optional(json, ROSTER).map(RosterJson::read),
                optional(json, POPULATION).map(CodeListJson::readResolved),
                list(json.path(COMPARISONS), DefinitionJson::comparison),
                optional(json, KEEPER).map(JsonNode::textValue),
                optional(json, CONFLICTS).map(JsonNode::textValue));
    }

    /** The authored definition with code lists in the place of their names. */
    static ObjectNode resolve(JsonNode authored, Function<String, byte[]> codeLists) {
        JsonSchema.named("dataset").check(authored);
        ObjectNode resolved = authored.deepCopy();
        resolved.path("dimensions").forEach(dimension -> resolveCodes(dimension, codeLists));
        resolved.path("register").path("attributes").forEach(attribute -> resolveCodes(attribute, codeLists));
        if (resolved.has("register")) {
            resolveRegister(resolved.get("register"), codeLists);
        }
        if (resolved.has(ROSTER)) {
            resolveColumns(resolved.get(ROSTER).get("columns"), codeLists);
            if (resolved.get(ROSTER).has("places")) {
                resolveCodes(resolved.get(ROSTER).get("places"), codeLists);
            }
        }
        if (resolved.has(POPULATION)) {
            resolved.set(POPULATION, resolveCodes(POPULATION, resolved.get(POPULATION), codeLists));
        }
        return resolved;
    }

    private static void resolveRegister(JsonNode register, Function<String, byte[]> codeLists) {
        resolveCodes(register.get("places"), codeLists);
        resolveColumns(register.path(TERMS), codeLists);
        if (register.has(SITES)) {
            ObjectNode sites = (ObjectNode) register.get(SITES);
            sites.set(ROLES, resolveCodes(SITES, sites.get(ROLES), codeLists));
            sites.set(HOSPITALS, resolveCodes(SITES, sites.get(HOSPITALS), codeLists));
        }
    }

    private static void resolveColumns(JsonNode columns, Function<String, byte[]> codeLists) {
        for (JsonNode column : columns) {
            if (column.has("codes")) {
                resolveCodes(column, codeLists);
            }
        }
    }

    private static void resolveCodes(JsonNode dimension, Function<String, byte[]> codeLists) {
        ((ObjectNode) dimension)
                .set("codes", resolveCodes(dimension.get("name").textValue(), dimension.get("codes"), codeLists));
    }

    private static JsonNode resolveCodes(String where, JsonNode codes, Function<String, byte[]> codeLists) {
        if (!codes.isTextual()) {
            throw new MalformedException("an authored definition names its code lists, unlike " + where);
        }
        String name = codes.textValue();
        byte @Nullable [] bytes = codeLists.apply(name);
        if (bytes == null) {
            throw new MalformedException("there is no code list called " + name);
        }
        JsonNode list = CanonicalJson.parse(bytes);
        JsonSchema.named("code-list").check(list);
        if (!text(list, "name").equals(name)) {
            throw new MalformedException("the code list of the name " + name + " calls itself " + text(list, "name"));
        }
        return list;
    }

    private static PeriodRule periodRule(JsonNode json) {
        return new PeriodRule(
                Granularity.valueOf(text(json, "granularity").toUpperCase(Locale.ROOT)),
                text(json, "field"),
                Period.parse(text(json, "first")),
                integer(json, "dueDays"),
                json.get("open").booleanValue());
    }

    static Dimension dimension(JsonNode json) {
        return new Dimension(text(json, "name"), text(json, "field"), CodeListJson.readResolved(json.get("codes")));
    }

    private static Comparison comparison(JsonNode json) {
        SortedMap<Year, Long> byYear = new TreeMap<>();
        json.get("byYear")
                .properties()
                .forEach(year ->
                        byYear.put(Year.parse(year.getKey()), year.getValue().longValue()));
        return new Comparison(text(json, "name"), CodeListJson.labels(json.get("title")), text(json, "source"), byYear);
    }

    private static Measure measure(JsonNode json) {
        return new Measure(
                text(json, "name"),
                Aggregate.valueOf(text(json, "aggregate").toUpperCase(Locale.ROOT)),
                optional(json, "field").map(JsonNode::textValue),
                optional(json, "only").map(DefinitionJson::condition),
                optional(json, "except").map(DefinitionJson::condition),
                optional(json, "within").map(JsonNode::textValue));
    }

    private static FieldCondition condition(JsonNode json) {
        return new FieldCondition(text(json, "field"), list(json.get("codes"), JsonNode::textValue));
    }

    private static Table table(JsonNode json, List<Dimension> dimensions, List<Measure> measures) {
        String name = text(json, "name");
        return new Table(
                name,
                list(json.get("dimensions"), node -> named(name, "dimension", node, dimensions, Dimension::name)),
                list(json.get("measures"), node -> named(name, "measure", node, measures, Measure::name)),
                optional(json, DISCLOSURE).map(DefinitionJson::disclosure));
    }

    private static DisclosureRule disclosure(JsonNode json) {
        return new DisclosureRule(
                text(json, "persons"),
                text(json, "contributor"),
                integer(json, "k"),
                integer(json, "dominancePercent"));
    }

    private static <T> T named(String table, String what, JsonNode node, List<T> all, Function<T, String> nameOf) {
        String wanted = node.textValue();
        return all.stream()
                .filter(one -> nameOf.apply(one).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new MalformedException("table " + table + " names the " + what + " \"" + wanted
                        + "\", expected one of " + all.stream().map(nameOf).collect(Collectors.joining(", "))));
    }

    private static RegisterRule register(JsonNode json) {
        return new RegisterRule(
                text(json, "identifiers"),
                text(json, "start"),
                optional(json, "end").map(JsonNode::textValue),
                list(json.get("attributes"), DefinitionJson::dimension),
                list(json.path(TERMS), ColumnJson::read),
                list(json.path(MILESTONES), ColumnJson::read),
                list(json.path(STEPS), DefinitionJson::step),
                optional(json, SITES)
                        .map(sites -> new RegisterRule.SitesRule(
                                text(sites, "field"),
                                CodeListJson.readResolved(sites.get(ROLES)),
                                CodeListJson.readResolved(sites.get(HOSPITALS)))),
                optional(json, OVERLAP).map(DefinitionJson::overlap),
                optional(json, RESERVE).map(RosterJson::readReserve),
                dimension(json.get("places")));
    }

    private static Step step(JsonNode json) {
        return new Step(
                text(json, "name"), CodeListJson.labels(json.get("label")), text(json, "from"), text(json, "to"));
    }

    private static ObjectNode write(Step step) {
        ObjectNode json = NODES.objectNode().put("name", step.name());
        json.set("label", CodeListJson.labels(step.label()));
        return json.put("from", step.from()).put("to", step.to());
    }

    private static OverlapRule overlap(JsonNode json) {
        return new OverlapRule(
                text(json, "status"),
                list(json.get("before"), JsonNode::textValue),
                list(json.get("open"), JsonNode::textValue),
                list(json.get("over"), JsonNode::textValue),
                list(json.get("never"), JsonNode::textValue));
    }

    private static ObjectNode write(OverlapRule rule) {
        ObjectNode json = NODES.objectNode().put("status", rule.status());
        json.set("before", array(rule.before(), NODES::textNode));
        json.set("open", array(rule.open(), NODES::textNode));
        json.set("over", array(rule.over(), NODES::textNode));
        json.set("never", array(rule.never(), NODES::textNode));
        return json;
    }

    static ObjectNode write(DatasetDefinition definition) {
        ObjectNode json = NODES.objectNode();
        json.put("dataset", definition.dataset());
        json.put("version", definition.version());
        json.put("record", definition.record());
        json.set("title", CodeListJson.labels(definition.title()));
        PeriodRule period = definition.period();
        json.putObject("period")
                .put("granularity", period.granularity().word())
                .put("field", period.field())
                .put("first", period.first().toString())
                .put("dueDays", period.dueDays())
                .put("open", period.open());
        if (definition.register().isPresent()) {
            RegisterRule rule = definition.register().get();
            ObjectNode register = json.putObject("register");
            register.put("identifiers", rule.identifiers()).put("start", rule.start());
            rule.end().ifPresent(end -> register.put("end", end));
            register.set("attributes", array(rule.attributes(), DefinitionJson::write));
            if (!rule.terms().isEmpty()) {
                register.set(TERMS, array(rule.terms(), ColumnJson::write));
            }
            if (!rule.milestones().isEmpty()) {
                register.set(MILESTONES, array(rule.milestones(), ColumnJson::write));
            }
            if (!rule.steps().isEmpty()) {
                register.set(STEPS, array(rule.steps(), DefinitionJson::write));
            }
            rule.sites()
                    .ifPresent(sites -> register.putObject(SITES)
                            .put("field", sites.field())
                            .<ObjectNode>set(ROLES, CodeListJson.write(sites.roles()))
                            .set(HOSPITALS, CodeListJson.write(sites.hospitals())));
            rule.overlap().ifPresent(overlap -> register.set(OVERLAP, write(overlap)));
            rule.reserve().ifPresent(reserve -> register.set(RESERVE, RosterJson.write(reserve)));
            register.set("places", write(rule.places()));
        } else if (definition.roster().isPresent()) {
            json.set(ROSTER, RosterJson.write(definition.roster().get()));
        } else {
            json.set("dimensions", array(definition.dimensions(), DefinitionJson::write));
            json.set("measures", array(definition.measures(), DefinitionJson::write));
            json.set("tables", array(definition.tables(), DefinitionJson::write));
        }
        definition.population().ifPresent(list -> json.set(POPULATION, CodeListJson.write(list)));
        if (!definition.comparisons().isEmpty()) {
            json.set(COMPARISONS, array(definition.comparisons(), DefinitionJson::write));
        }
        definition.keeper().ifPresent(place -> json.put(KEEPER, place));
        definition.conflicts().ifPresent(register -> json.put(CONFLICTS, register));
        return json;
    }

    static ObjectNode write(Dimension dimension) {
        ObjectNode json = NODES.objectNode().put("name", dimension.name()).put("field", dimension.field());
        json.set("codes", CodeListJson.write(dimension.codes()));
        return json;
    }

    private static ObjectNode write(Measure measure) {
        ObjectNode json = NODES.objectNode()
                .put("name", measure.name())
                .put("aggregate", measure.aggregate().word());
        measure.field().ifPresent(field -> json.put("field", field));
        measure.only().ifPresent(condition -> json.set("only", write(condition)));
        measure.except().ifPresent(condition -> json.set("except", write(condition)));
        measure.within().ifPresent(outer -> json.put("within", outer));
        return json;
    }

    private static ObjectNode write(FieldCondition condition) {
        ObjectNode json = NODES.objectNode().put("field", condition.field());
        json.set("codes", array(condition.codes(), NODES::textNode));
        return json;
    }

    private static ObjectNode write(Table table) {
        ObjectNode json = NODES.objectNode().put("name", table.name());
        json.set("dimensions", array(table.dimensions(), dimension -> NODES.textNode(dimension.name())));
        json.set("measures", array(table.measures(), measure -> NODES.textNode(measure.name())));
        table.disclosure()
                .ifPresent(rule -> json.putObject(DISCLOSURE)
                        .put("persons", rule.persons())
                        .put("contributor", rule.contributor())
                        .put("k", rule.k())
                        .put("dominancePercent", rule.dominancePercent()));
        return json;
    }

    private static ObjectNode write(Comparison comparison) {
        ObjectNode json = NODES.objectNode().put("name", comparison.name()).put("source", comparison.source());
        json.set("title", CodeListJson.labels(comparison.title()));
        ObjectNode byYear = json.putObject("byYear");
        comparison.byYear().forEach((year, figure) -> byYear.put(year.toString(), figure));
        return json;
    }

    private static <T> ArrayNode array(List<T> things, Function<T, ? extends JsonNode> write) {
        ArrayNode array = NODES.arrayNode();
        things.forEach(thing -> array.add(write.apply(thing)));
        return array;
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        List<T> things = new ArrayList<>();
        array.forEach(item -> things.add(read.apply(item)));
        return things;
    }

    private static String text(JsonNode json, String field) {
        return json.get(field).textValue();
    }

    private static int integer(JsonNode json, String field) {
        return json.get(field).intValue();
    }

    private static Optional<JsonNode> optional(JsonNode json, String field) {
        return Optional.ofNullable(json.get(field));
    }
}
