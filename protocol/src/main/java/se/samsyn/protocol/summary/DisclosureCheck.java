package se.samsyn.protocol.summary;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.RegisterRule;
import se.samsyn.protocol.dataset.Table;

/**
 * The receiver's side of disclosure control (DESIGN section 6): all that summaries themselves show. That cells and the
 * pool cover k persons is true of every {@link Published}; here follow whether the numbers can be, whether the member
 * may speak of these places, whether tables that share margins agree and tell nothing of each other's pools ({@link
 * LinkedTables}), and what the revision tells beside <em>all</em> earlier ones ({@link RevisionRule}).
 *
 * <p>Not checked, because no summary shows it: that no single trial dominates a sum. The member attests that with its
 * signature.
 */
public final class DisclosureCheck {
    /** The code list in whose words scopes are written: a dimension of it says which places a member speaks of. */
    public static final String SCOPE_CODES = "place";

    private final DatasetDefinition definition;
    private final List<Summary> earlier;
    private final Predicate<String> coversPlace;

    private DisclosureCheck(DatasetDefinition definition, List<Summary> earlier, Predicate<String> coversPlace) {
        this.definition = definition;
        this.earlier = earlier;
        this.coversPlace = coversPlace;
    }

    /**
     * Checks a summary.
     *
     * @param definition the definition that the summary's statement names
     * @param earlierRevisions every earlier summary of the same node, dataset and period whose body was not retracted
     * @param coversPlace whether the member's scope covers a place
     * @throws RefutedException with the reason why the summary is rejected
     */
    public static void verify(
            DatasetDefinition definition,
            Summary summary,
            List<Summary> earlierRevisions,
            Predicate<String> coversPlace) {
        for (Summary revision : earlierRevisions) {
            verifyRevises(summary, revision);
            verifyKeeps(definition, revision.content());
        }
        DisclosureCheck check = new DisclosureCheck(definition, earlierRevisions, coversPlace);
        if (summary.content() instanceof Tables tables) {
            check.verifyTables(tables);
        } else if (summary.content() instanceof Register register) {
            check.verifyRegister(register);
        } else if (summary.content() instanceof Roster roster) {
            check.verifyRoster(summary.node(), roster);
        }
    }

    private static void verifyRevises(Summary summary, Summary earlier) {
        boolean same = summary.node().equals(earlier.node())
                && summary.dataset().equals(earlier.dataset())
                && summary.period().equals(earlier.period());
        if (!same) {
            throw new IllegalArgumentException("a summary of " + earlier.node() + ", " + earlier.dataset() + ", "
                    + earlier.period() + " is no earlier revision of " + summary.node() + ", " + summary.dataset()
                    + ", "
                    + summary.period());
        }
    }

    /**
     * Insists that a revision under a definition can be compared with an earlier one, which may be under another version: each table about
     * persons that the earlier one told is there, is protected, and has the same cells and measures; what is settled is told alike. Else
     * a version that leaves out a table, or calls it otherwise, would let its cells be subtracted unseen.
     *
     * @throws RefutedException naming the table
     */
    public static void verifyKeeps(DatasetDefinition definition, SummaryContent earlier) {
        if (earlier instanceof Roster roster && roster.rule().settlement().isPresent()) {
            boolean tellsAlike = definition
                    .roster()
                    .filter(rule ->
                            RosterCarryOver.difference(roster.rule(), rule).isEmpty())
                    .isPresent();
            if (!tellsAlike) {
                throw new RefutedException(
                        "version " + definition.version() + " of the definition tells what is settled"
                                + " otherwise than an earlier revision of the same period; the period stays with the version that"
                                + " it was told under");
            }
        }
        if (!(earlier instanceof Tables tables) || tables.k() == Tables.OPEN) {
            return;
        }
        for (TableValues values : tables.tables()) {
            Table before = values.table();
            Table now = definition
                    .table(before.name())
                    .filter(table -> !table.isOpen())
                    .orElseThrow(
                            () -> new RefutedException("version " + definition.version() + " of the definition has no"
                                    + " protected table " + before.name()
                                    + ", which an earlier revision of the same period told;"
                                    + " the period stays with the version that it was told under"));
            RevisionRule.verifySameCells(before, now);
        }
    }

    private void verifyTables(Tables tables) {
        if (!tables.tables().stream().map(TableValues::table).toList().equals(definition.tables())) {
            throw new RefutedException("the summary has other tables than dataset " + definition.dataset());
        }
        for (TableValues values : tables.tables()) {
            List<TableValues> revisions = earlierValues(values.table());
            if (values instanceof Published published) {
                verifyNumbers(published);
                verifyPlaces(published);
                if (!published.table().isOpen()) {
                    verifyPool(published, revisions);
                }
            }
            if (!values.table().isOpen()) {
                revisions.forEach(revision -> RevisionRule.verify(revision, values));
            }
        }
        LinkedTables.of(definition).verify(tables);
    }

    private List<TableValues> earlierValues(Table table) {
        return earlier.stream()
                .map(Summary::content)
                .map(DisclosureCheck::requireTables)
                .flatMap(tables -> tables.table(table.name()).stream())
                .toList();
    }

    private static Tables requireTables(SummaryContent content) {
        if (content instanceof Tables tables) {
            return tables;
        }
        throw new RefutedException("a register cannot be revised into tables");
    }

    private static void verifyNumbers(Published published) {
        Table table = published.table();
        MeasureNesting nesting = new MeasureNesting(table);
        for (Cell cell : published.cells()) {
            nesting.verify("table " + table.name() + ", cell " + table.shape().codes(cell.position()), cell.values());
        }
        published.pool().ifPresent(pool -> nesting.verify("table " + table.name() + ", pool", pool.values()));
    }

    /**
     * A cell is pooled for the first time because it holds something: one person or more, and what is left is the
     * reader's doubt.
     */
    private static void verifyPool(Published published, List<TableValues> revisions) {
        Set<Integer> first = new HashSet<>(published.pooled());
        revisions.forEach(revision -> revision.pooled().forEach(first::remove));
        long persons = published
                .pool()
                .map(pool -> pool.values().get(published.table().personsIndex()))
                .orElse(0L);
        if (!first.isEmpty() && persons - first.size() < published.k()) {
            throw new RefutedException("table " + published.table().name() + ", pool: " + persons + " persons in "
                    + first.size() + " newly pooled cells leave ranges narrower than k = " + published.k());
        }
    }

    private void verifyPlaces(Published published) {
        Table table = published.table();
        for (int i = 0; i < table.dimensions().size(); i++) {
            Dimension dimension = table.dimensions().get(i);
            if (dimension.codes().name().equals(SCOPE_CODES)) {
                for (Cell cell : published.cells()) {
                    requireCovered(table.shape().codes(cell.position()).get(i));
                }
                for (int position : published.pooled()) {
                    requireCovered(table.shape().codes(position).get(i));
                }
            }
        }
    }

    private void verifyRegister(Register register) {
        RegisterRule rule = definition
                .register()
                .orElseThrow(() -> new RefutedException("dataset " + definition.dataset() + " has no register"));
        if (!register.rule().equals(rule)) {
            throw new RefutedException("the summary's register is not that of dataset " + definition.dataset());
        }
        register.rows().forEach(row -> row.places().forEach(this::requireCovered));
    }

    private void verifyRoster(String node, Roster roster) {
        if (!definition.roster().equals(Optional.of(roster.rule()))) {
            throw new RefutedException("the summary's roster is not that of dataset " + definition.dataset());
        }
        roster.rows().forEach(row -> row.place().ifPresent(this::requireCovered));
        List<Roster> revisions = earlier.stream()
                .flatMap(revision -> revision.content() instanceof Roster one ? Stream.of(one) : Stream.empty())
                .filter(one -> one.rule().settlement().isPresent())
                .map(one -> new RosterCarryOver(one.rule(), roster.rule()).read(one))
                .toList();
        roster.rule()
                .settlement()
                .ifPresent(rule -> new SettlementCheck(roster.rule(), rule).verify(node, roster, revisions));
    }

    private void requireCovered(String place) {
        if (!coversPlace.test(place)) {
            throw new RefutedException("place \"" + place + "\" is outside the scope of the member");
        }
    }
}
