package se.samsyn.protocol.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.Table;

/**
 * What two revisions of one table may tell by being subtracted from each other. It is asked for a revision and
 * <em>every</em> earlier one, superseded ones too, because all of them have been read. k is the larger one of the two
 * revisions.
 *
 * <p>Each rule stops an attack:
 *
 * <ol>
 *   <li><b>A cell published in both is unchanged, or differs by k persons or more.</b> Else the difference is the
 *       record of the few who were corrected: 12 participants and then 13, and the amounts of one person are known.
 *   <li><b>A pooled cell stays pooled</b>, except where the whole table becomes zero. Else: A and B are pooled with 9
 *       persons together; the next revision publishes A with 6; who guesses that A did not change has B = 3. Where
 *       everything is zero nothing is guessed: no cell can both have had persons and be unchanged.
 *   <li><b>The cells that are pooled in either revision, taken together, are unchanged or differ by k persons or
 *       more.</b> Else a cell that changed by one person would only need to be pooled: the pool less what was published
 *       of its cells is the same difference.
 *   <li><b>Between a withheld table and a published one, the published one is zero or covers 2k persons or more.</b> A
 *       withheld table may hold up to k-1 persons, and a reader who supposes so would know that fewer than k persons
 *       came or went if the published total were smaller than 2k-1. A zero tells no number, so that nothing can be
 *       subtracted.
 *   <li><b>Two withheld tables</b> tell nothing, and are always allowed.
 *   <li><b>Both revisions have the same cells and measures</b>, also where they are under different versions of the
 *       definition. Else a code list whose codes were merged or split would publish the difference of two cells; a period
 *       that was released under one definition stays with its cells.
 * </ol>
 *
 * <p>Whether a single trial dominates a difference cannot be seen in summaries and is not checked, as dominance in
 * general.
 */
public final class RevisionRule {
    private final Table table;
    private final PersonRule persons;

    private RevisionRule(Table table) {
        this.table = table;
        this.persons = new PersonRule(table);
    }

    /**
     * Checks a revision against an earlier one.
     *
     * @throws RefutedException naming the table, the cell and the rule that does not hold
     */
    public static void verify(TableValues earlier, TableValues revised) {
        RevisionRule rule = new RevisionRule(revised.table());
        verifySameCells(earlier.table(), revised.table());
        if (earlier instanceof Published before && revised instanceof Published after) {
            rule.verifyBoth(before, after);
        } else if (earlier instanceof Published before) {
            rule.verifyBesideWithheld(before);
        } else if (revised instanceof Published after) {
            rule.verifyBesideWithheld(after);
        }
    }

    private void verifyBoth(Published before, Published after) {
        int k = Math.max(before.k(), after.k());
        if (!after.isZero()) {
            for (int position : before.pooled()) {
                if (!(after.at(position) instanceof CellValue.Pooled)) {
                    throw refusal(position, "was pooled in an earlier revision and has to stay so");
                }
            }
        }
        SortedSet<Integer> pooled = new TreeSet<>(before.pooled());
        pooled.addAll(after.pooled());
        for (int position : listed(before, after)) {
            if (!pooled.contains(position)) {
                verifyDifference(cell(position), k, exact(before, position), exact(after, position));
            }
        }
        if (!pooled.isEmpty()) {
            String where = "table " + table.name() + ", the cells pooled in either revision together";
            verifyDifference(where, k, together(before, pooled), together(after, pooled));
        }
    }

    private void verifyDifference(String where, int k, Values before, Values after) {
        if (before.equals(after)) {
            return;
        }
        for (int measure = 0; measure < after.size(); measure++) {
            long difference = Math.abs(after.get(measure) - before.get(measure));
            boolean few = difference < k && (difference > 0 || measure == table.personsIndex());
            if (few && persons.countsPersons(measure)) {
                throw new RefutedException(where + ": differs from an earlier revision by " + difference + " "
                        + table.measures().get(measure).name() + ", expected no difference at all or k = " + k);
            }
        }
    }

    private void verifyBesideWithheld(Published published) {
        long total = published.total().orElseThrow().get(table.personsIndex());
        if (!published.isZero() && total < 2L * published.k()) {
            throw new RefutedException("table " + table.name() + ": withheld in one revision and published with "
                    + total + " persons in another, expected 2k = " + 2L * published.k());
        }
    }

    /** Insists on rule 6, whatever the values are. */
    static void verifySameCells(Table earlier, Table revised) {
        if (!earlier.measures().equals(revised.measures()) || !cells(earlier).equals(cells(revised))) {
            throw new RefutedException("table " + revised.name()
                    + " has other cells or measures than in an earlier revision of the same period");
        }
    }

    /** By dimension, in order: the field that divides, and its codes. How they are called tells nothing. */
    private static List<List<String>> cells(Table table) {
        return table.dimensions().stream()
                .map(dimension -> Stream.concat(
                                Stream.of(dimension.field()),
                                dimension.codes().codes().stream().map(Code::code))
                        .toList())
                .toList();
    }

    private static SortedSet<Integer> listed(Published... revisions) {
        SortedSet<Integer> positions = new TreeSet<>();
        for (Published revision : revisions) {
            revision.cells().forEach(cell -> positions.add(cell.position()));
        }
        return positions;
    }

    private static Values together(Published revision, SortedSet<Integer> positions) {
        List<Values> parts = new ArrayList<>();
        revision.pool().ifPresent(pool -> parts.add(pool.values()));
        for (int position : positions) {
            if (revision.at(position) instanceof CellValue.Exact exact) {
                parts.add(exact.values());
            }
        }
        return parts.stream()
                .reduce(Values::plus)
                .orElseGet(() -> Values.zero(revision.table().measures().size()));
    }

    private static Values exact(Published revision, int position) {
        if (revision.at(position) instanceof CellValue.Exact exact) {
            return exact.values();
        }
        throw new IllegalStateException("the cell at position " + position + " is pooled");
    }

    private RefutedException refusal(int position, String what) {
        return new RefutedException(cell(position) + " " + what);
    }

    private String cell(int position) {
        return "table " + table.name() + ", cell " + table.shape().codes(position);
    }
}
