package se.samsyn.protocol.summary;

import java.util.Optional;
import se.samsyn.protocol.dataset.Aggregate;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Table;

/**
 * How many persons the values of a cell, or of several together, must cover before anybody is told of them (DESIGN
 * section 6): the table's persons are k or more; every other number of the same persons, and every difference of two of
 * them of which one is a part of the other (offered less consented is how many declined), is k or more too, or zero.
 */
public final class PersonRule {
    private final Table table;
    private final MeasureNesting nesting;

    public PersonRule(Table table) {
        this.table = table;
        this.nesting = new MeasureNesting(table);
    }

    /** Whether a measure counts the persons that the table protects, or some of them. */
    public boolean countsPersons(int measure) {
        Measure one = table.measures().get(measure);
        Measure persons = table.measures().get(table.personsIndex());
        boolean isPartOfPersons = nesting.pairs().contains(new MeasureNesting.Pair(measure, table.personsIndex()))
                && one.aggregate() == persons.aggregate();
        boolean samePersons =
                one.aggregate() == Aggregate.DISTINCT && one.field().equals(persons.field());
        return measure == table.personsIndex() || samePersons || isPartOfPersons;
    }

    /** What a reader would learn of fewer than k persons, in words; empty if the values may be told. */
    public Optional<String> breach(int k, Values values) {
        int personsIndex = table.personsIndex();
        if (values.get(personsIndex) < k) {
            return Optional.of(name(personsIndex) + " " + values.get(personsIndex) + " is below k = " + k);
        }
        for (int measure = 0; measure < values.size(); measure++) {
            if (countsPersons(measure) && isFew(values.get(measure), k)) {
                return Optional.of(name(measure) + " " + values.get(measure) + " is below k = " + k);
            }
        }
        for (MeasureNesting.Pair pair : nesting.pairs()) {
            long rest = values.get(pair.outer()) - values.get(pair.inner());
            if (countsPersons(pair.inner()) && countsPersons(pair.outer()) && isFew(rest, k)) {
                return Optional.of(
                        name(pair.outer()) + " less " + name(pair.inner()) + " is " + rest + ", below k = " + k);
            }
        }
        return Optional.empty();
    }

    private static boolean isFew(long persons, int k) {
        return persons != 0 && persons < k;
    }

    private String name(int measure) {
        return table.measures().get(measure).name();
    }
}
