package se.samsyn.protocol.summary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Table;

/**
 * What was told under one version of a dataset's definition, read under another: as far as the two can be compared, and otherwise not at
 * all, with the difference that is in the way. Nothing is guessed: a table is carried over if each of its cells and measures means the
 * same in both, a row with what both versions tell of it.
 */
public final class CarryOver {
    private final DatasetDefinition told;
    private final DatasetDefinition asked;
    private final Optional<String> difference;
    private final Map<String, String> differenceByTable = new HashMap<>();
    private final Map<String, TableCarryOver> tables = new HashMap<>();

    private CarryOver(DatasetDefinition told, DatasetDefinition asked) {
        this.told = told;
        this.asked = asked;
        this.difference = told.equals(asked) ? Optional.empty() : difference(told, asked);
        for (Table table : asked.tables()) {
            Optional<Table> before = told.table(table.name());
            Optional<String> inTheWay = difference.or(() -> before.isEmpty()
                    ? Optional.of("it has no table " + table.name())
                    : TableCarryOver.difference(before.get(), table));
            if (inTheWay.isPresent()) {
                differenceByTable.put(table.name(), inTheWay.get());
            } else {
                tables.put(table.name(), new TableCarryOver(before.orElseThrow(), table));
            }
        }
    }

    /**
     * How what was told under one version reads under another, which may be the same.
     *
     * @param told the version that the release names
     * @param asked the version that the question is put in
     */
    public static CarryOver between(DatasetDefinition told, DatasetDefinition asked) {
        return new CarryOver(told, asked);
    }

    /** The version that the release names. */
    public DatasetDefinition told() {
        return told;
    }

    /** The version that the question is put in. */
    public DatasetDefinition asked() {
        return asked;
    }

    /** Why a register or a roster, or no table at all, can be read, naming both versions; nothing if it can. */
    public Optional<String> reason() {
        return difference.map(this::inWords);
    }

    /** Why a table cannot be read, naming both versions; nothing if it can. */
    public Optional<String> reason(String table) {
        return Optional.ofNullable(differenceByTable.get(table)).map(this::inWords);
    }

    /**
     * What of a summary's content can be read.
     *
     * @param content told under {@link #told}
     * @return those tables of {@link #asked} that can be compared, in its order, or its register or roster; nothing if there are none
     */
    public Optional<SummaryContent> read(SummaryContent content) {
        if (difference.isPresent()) {
            return Optional.empty();
        }
        if (content instanceof Register register) {
            return Optional.of(new RegisterCarryOver(
                            told.register().orElseThrow(), asked.register().orElseThrow())
                    .read(register));
        }
        if (content instanceof Roster roster) {
            return Optional.of(new RosterCarryOver(
                            told.roster().orElseThrow(), asked.roster().orElseThrow())
                    .read(roster));
        }
        Tables all = (Tables) content;
        List<TableValues> read = new ArrayList<>();
        for (Table table : asked.tables()) {
            Optional.ofNullable(tables.get(table.name()))
                    .flatMap(one -> all.table(table.name()).map(one::read))
                    .ifPresent(read::add);
        }
        return read.isEmpty() ? Optional.empty() : Optional.of(new Tables(all.k(), read));
    }

    private String inWords(String inTheWay) {
        return "told under version " + told.version() + " of the definition, which cannot be compared with version "
                + asked.version() + ": " + inTheWay;
    }

    private static Optional<String> difference(DatasetDefinition told, DatasetDefinition asked) {
        if (!told.record().equals(asked.record())) {
            return Optional.of("it is about records of another kind, " + told.record());
        }
        if (told.period().granularity() != asked.period().granularity()
                || !told.period().field().equals(asked.period().field())) {
            return Optional.of("its periods are of another length, or go by another date");
        }
        if (!told.keeper().equals(asked.keeper())) {
            return Optional.of(told.keeper()
                    .map(place -> "it is kept by the member of " + place)
                    .orElse("it is kept by every member"));
        }
        if (told.register().isPresent() && asked.register().isPresent()) {
            return RegisterCarryOver.difference(
                    told.register().get(), asked.register().get());
        }
        if (told.roster().isPresent() && asked.roster().isPresent()) {
            return RosterCarryOver.difference(
                    told.roster().get(), asked.roster().get());
        }
        return kind(told).equals(kind(asked)) ? Optional.empty() : Optional.of("it has a " + kind(told));
    }

    private static String kind(DatasetDefinition definition) {
        if (definition.register().isPresent()) {
            return "register";
        }
        return definition.roster().isPresent() ? "roster" : "table";
    }
}
