package se.samsyn.protocol.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.json.CanonicalJson;

/**
 * What a network agreed to summarise: either tables over records, or a register of trials (DESIGN section 6).
 *
 * <p>A definition is authored with its code lists named and is <em>resolved</em> by putting the lists in the place of
 * their names; the hash that the federation root authorises is over the resolved bytes, so that a definition commits to
 * its code lists.
 *
 * @param dataset its name
 * @param version counts the definitions of that name, from one
 * @param record the kind of record that it summarises
 * @param title what people call it, by language
 * @param period when its periods begin and are due
 * @param dimensions all that its tables use
 * @param measures all that its tables hold
 * @param tables empty for a register
 * @param register what a register of trials holds; empty for all else
 * @param roster what a list of things one by one holds; empty for all else
 * @param population the places that members' scopes are written in, with their inhabitants: how large a part of the population a figure
 *     stands for; empty where that is nobody's question
 * @param comparisons figures that others published on the same thing, yearly
 * @param keeper the place whose member keeps the dataset for all, where one national list is meant; empty where every member has a part
 * @param conflicts the register on whose trials members may disagree: views of the quality of data read it beside; empty in all else
 */
public record DatasetDefinition(
        String dataset,
        int version,
        String record,
        Map<String, String> title,
        PeriodRule period,
        List<Dimension> dimensions,
        List<Measure> measures,
        List<Table> tables,
        Optional<RegisterRule> register,
        Optional<RosterRule> roster,
        Optional<CodeList> population,
        List<Comparison> comparisons,
        Optional<String> keeper,
        Optional<String> conflicts) {
    /** Bytes of a resolved definition. */
    public static final int MAX_LENGTH = 4 << 20;
    /** Tables of one dataset. */
    public static final int MAX_TABLES = 32;

    public DatasetDefinition {
        Names.checkName("a dataset's name", dataset);
        Names.checkName("a record kind", record);
        title = Map.copyOf(title);
        Names.checkLabels("dataset " + dataset, title);
        dimensions = List.copyOf(dimensions);
        measures = List.copyOf(measures);
        tables = List.copyOf(tables);
        comparisons = List.copyOf(comparisons);
        if (version < 1) {
            throw new MalformedException("a dataset's version counts from 1, not " + version);
        }
        if (Stream.of(!tables.isEmpty(), register.isPresent(), roster.isPresent())
                        .filter(there -> there)
                        .count()
                != 1) {
            throw new MalformedException("dataset " + dataset + " has either tables or a register or a roster");
        }
        if (tables.size() > MAX_TABLES) {
            throw new MalformedException("dataset " + dataset + " has more than " + MAX_TABLES + " tables");
        }
        if (tables.isEmpty() && !(dimensions.isEmpty() && measures.isEmpty())) {
            throw new MalformedException("dataset " + dataset + " has no tables, so no dimensions or measures");
        }
        if (register.isPresent() && period.granularity() != Granularity.YEAR) {
            throw new MalformedException("dataset " + dataset + " is a register, whose periods are years");
        }
        Names.checkDistinct("dimension", dimensions, Dimension::name);
        Names.checkDistinct("measure", measures, Measure::name);
        Names.checkDistinct("table", tables, Table::name);
        if (tables.stream().map(Table::isOpen).distinct().count() > 1) {
            throw new MalformedException("dataset " + dataset + " has tables with a disclosure rule and tables without:"
                    + " what is open goes into a dataset of its own");
        }
        keeper.ifPresent(Names::checkCode);
        conflicts.ifPresent(name -> Names.checkName("the dataset of conflicts", name));
        Names.checkDistinct("comparison", comparisons, Comparison::name);
        List<CodeList> lists = new ArrayList<>(codeLists(dimensions, register));
        roster.ifPresent(rule -> {
            rule.columns().forEach(column -> column.codes().ifPresent(lists::add));
            rule.places().ifPresent(places -> lists.add(places.codes()));
        });
        population.ifPresent(lists::add);
        checkOneMeaningPerName(lists);
        if (population.isPresent() && population.get().countedOn().isEmpty()) {
            throw new MalformedException("dataset " + dataset + ": the code list of its population, "
                    + population.get().name() + ", says nothing of inhabitants");
        }
    }

    /** A definition of tables or of a register. */
    public DatasetDefinition(
            String dataset,
            int version,
            String record,
            Map<String, String> title,
            PeriodRule period,
            List<Dimension> dimensions,
            List<Measure> measures,
            List<Table> tables,
            Optional<RegisterRule> register,
            Optional<CodeList> population,
            List<Comparison> comparisons,
            Optional<String> keeper) {
        this(
                dataset,
                version,
                record,
                title,
                period,
                dimensions,
                measures,
                tables,
                register,
                Optional.empty(),
                population,
                comparisons,
                keeper,
                Optional.empty());
    }

    /**
     * Reads the canonical bytes of a resolved definition.
     *
     * @throws MalformedException if they are not that, naming the field
     */
    public static DatasetDefinition parse(byte[] resolved) {
        if (resolved.length > MAX_LENGTH) {
            throw new MalformedException("a dataset definition has at most " + MAX_LENGTH + " bytes");
        }
        return DefinitionJson.read(CanonicalJson.parseCanonical(resolved));
    }

    /**
     * The canonical bytes of an authored definition with each code list in the place of its name.
     *
     * @param authored the definition, in any spelling of the same JSON
     * @param codeLists the bytes of the code list of a name, or null where there is none
     * @throws MalformedException if the definition or a code list is not what it should be
     */
    public static byte[] resolve(byte[] authored, Function<String, byte[]> codeLists) {
        byte[] resolved = CanonicalJson.encode(DefinitionJson.resolve(CanonicalJson.parse(authored), codeLists));
        parse(resolved);
        return resolved;
    }

    /** The canonical bytes that {@link #parse} reads. */
    public byte[] encode() {
        return CanonicalJson.encode(DefinitionJson.write(this));
    }

    /** The SHA-256 of {@link #encode}: what the federation root authorises. Worked out anew at each call. */
    public Hash hash() {
        return Hash.sha256(encode());
    }

    /** Whether nothing in it is about persons, so that nothing is hidden. */
    public boolean isOpen() {
        return tables.stream().allMatch(Table::isOpen);
    }

    /** By what a view can group the rows of a register or a roster, as it is asked; nothing for tables. */
    public List<Dimension> groupings() {
        return register.map(RegisterRule::attributes)
                .or(() -> roster.map(RosterRule::groupings))
                .orElse(List.of());
    }

    /** Where the rows of a register or a roster are; empty for tables, and for what is nowhere. */
    public Optional<Dimension> places() {
        return register.map(RegisterRule::places).or(() -> roster.flatMap(RosterRule::places));
    }

    /** What is counted where there are no tables. */
    public String counts() {
        return roster.map(RosterRule::counts).orElse("trials");
    }

    public Optional<Table> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    private static List<CodeList> codeLists(List<Dimension> dimensions, Optional<RegisterRule> register) {
        List<Dimension> all = new ArrayList<>(dimensions);
        register.ifPresent(rule -> {
            all.addAll(rule.attributes());
            all.add(rule.places());
        });
        List<CodeList> lists =
                new ArrayList<>(all.stream().map(Dimension::codes).toList());
        register.ifPresent(rule -> {
            rule.terms().forEach(term -> term.codes().ifPresent(lists::add));
            rule.sites().ifPresent(sites -> lists.addAll(List.of(sites.roles(), sites.hospitals())));
        });
        return lists;
    }

    private static void checkOneMeaningPerName(List<CodeList> codeLists) {
        Map<String, CodeList> byName = new HashMap<>();
        for (CodeList list : codeLists) {
            CodeList first = byName.putIfAbsent(list.name(), list);
            if (first != null && !first.equals(list)) {
                throw new MalformedException("there are two different code lists called " + list.name());
            }
        }
    }
}
