package se.samsyn.protocol.dataset;

import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.MalformedException;

/**
 * A table of a dataset: a cell for each combination of its dimensions' codes, in each cell its measures, and the rule
 * that protects it. A table that tells nothing of persons or of their costs is open: it has no rule.
 *
 * @param name what queries call it
 * @param dimensions at least one, each once; the last one varies fastest
 * @param measures at least one, each once, the disclosure rule's persons among them
 * @param disclosure the rule; empty for an open table
 */
public record Table(
        String name, List<Dimension> dimensions, List<Measure> measures, Optional<DisclosureRule> disclosure) {
    /** Dimensions of one table. */
    public static final int MAX_DIMENSIONS = 4;

    public Table {
        Names.checkName("a table's name", name);
        dimensions = List.copyOf(dimensions);
        measures = List.copyOf(measures);
        if (dimensions.isEmpty() || dimensions.size() > MAX_DIMENSIONS || measures.isEmpty()) {
            throw new MalformedException(
                    "table " + name + " needs 1.." + MAX_DIMENSIONS + " dimensions and at least one measure");
        }
        Names.checkDistinct("in table " + name + " dimension", dimensions, Dimension::name);
        Names.checkDistinct("in table " + name + " measure", measures, Measure::name);
        if (disclosure.isPresent()) {
            checkPersons(name, disclosure.get().persons(), measures);
        }
        checkWithin(name, measures);
        // the shape refuses what has too many cells
        TableShape.of(dimensions);
    }

    /** Whether the table tells nothing of persons, so that nothing in it is hidden. */
    public boolean isOpen() {
        return disclosure.isEmpty();
    }

    /**
     * The rule that protects the table.
     *
     * @throws IllegalStateException if it is open
     */
    public DisclosureRule rule() {
        return disclosure.orElseThrow(() -> new IllegalStateException("table " + name + " is open"));
    }

    /** Where each cell is in a dense array. */
    public TableShape shape() {
        return TableShape.of(dimensions);
    }

    /** The position of a measure in the table's order, from zero, or -1. */
    public int indexOfMeasure(String measure) {
        for (int index = 0; index < measures.size(); index++) {
            if (measures.get(index).name().equals(measure)) {
                return index;
            }
        }
        return -1;
    }

    /** The position of the measure that counts persons. */
    public int personsIndex() {
        return indexOfMeasure(rule().persons());
    }

    private static void checkPersons(String table, String persons, List<Measure> measures) {
        boolean countsPersons = measures.stream()
                .anyMatch(measure -> measure.name().equals(persons) && measure.aggregate() != Aggregate.COUNT);
        if (!countsPersons) {
            throw new MalformedException("table " + table + " is protected by \"" + persons
                    + "\", expected one of its own distinct measures, or a sum of persons");
        }
    }

    private static void checkWithin(String table, List<Measure> measures) {
        for (int inner = 0; inner < measures.size(); inner++) {
            Measure measure = measures.get(inner);
            // wholes come before their parts, so that none is within itself
            boolean isFirst = measure.within().isPresent()
                    && measures.subList(0, inner).stream()
                            .noneMatch(outer ->
                                    outer.name().equals(measure.within().get())
                                            && outer.aggregate() == measure.aggregate());
            if (isFirst) {
                throw new MalformedException("table " + table + ": measure " + measure.name() + " is within \""
                        + measure.within().get() + "\", expected a measure of the same kind that comes before it");
            }
        }
    }
}
