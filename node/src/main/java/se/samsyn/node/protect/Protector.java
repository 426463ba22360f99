package se.samsyn.node.protect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import se.samsyn.node.tabulate.RawAccess;
import se.samsyn.node.tabulate.RawRegister;
import se.samsyn.node.tabulate.RawRoster;
import se.samsyn.node.tabulate.RawTable;
import se.samsyn.node.tabulate.RawTables;
import se.samsyn.node.tabulate.Tabulation;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.DisclosureRule;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.DisclosureCheck;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.Register;
import se.samsyn.protocol.summary.RevisionRule;
import se.samsyn.protocol.summary.Roster;
import se.samsyn.protocol.summary.Summary;
import se.samsyn.protocol.summary.SummaryContent;
import se.samsyn.protocol.summary.TableValues;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;
import se.samsyn.protocol.summary.WithheldTable;

/**
 * The only door out of the private side (DESIGN section 6): takes a tabulation and gives what of it may be released,
 * beside all that was released before. Pure: the same records, definition and history give the same draft.
 */
public final class Protector {
    /** For a node that keeps to the k of the definition. */
    public static final int NOT_RAISED = 0;

    private static final RawAccess ACCESS = RawAccess.forProtection();

    private Protector() {}

    /**
     * Protects a tabulation.
     *
     * @param raisedK the node's own k, at least the definition's, or {@link #NOT_RAISED}
     * @param earlierRevisions every earlier summary of this node, dataset and period whose body was not retracted,
     *     oldest first
     * @throws RefutedException if the node's k is lower than the definition's, or the dataset's tables cannot be
     *     protected
     * @throws se.samsyn.protocol.MalformedException if a sum is beyond the range of signed JSON
     */
    public static Protection protect(
            DatasetDefinition definition, Tabulation tabulation, int raisedK, List<Summary> earlierRevisions) {
        List<SummaryContent> earlier =
                earlierRevisions.stream().map(Summary::content).toList();
        try {
            earlier.forEach(content -> DisclosureCheck.verifyKeeps(definition, content));
        } catch (RefutedException e) {
            return new Waits(e.getMessage() + "; to tell it otherwise, retract what was released of the period first");
        }
        if (tabulation instanceof RawTables tables && definition.isOpen()) {
            return newOrUnchanged(open(tables), earlier);
        }
        if (tabulation instanceof RawTables tables) {
            return protectTables(definition, tables, effectiveK(definition, raisedK), earlier);
        }
        if (tabulation instanceof RawRoster roster) {
            // units, centres and grants: no persons either
            SummaryContent content = new Roster(definition.roster().orElseThrow(), roster.rows(ACCESS));
            return newOrUnchanged(new Draft(content, List.of()), earlier);
        }
        RawRegister register = (RawRegister) tabulation;
        // public facts of public trials: no persons, nothing to hide
        SummaryContent content = new Register(definition.register().orElseThrow(), register.rows(ACCESS));
        return newOrUnchanged(new Draft(content, List.of()), earlier);
    }

    /** Everything as it is: there are no persons in it. */
    private static Draft open(RawTables tables) {
        List<TableValues> values = new ArrayList<>();
        List<CellExplanation> explanations = new ArrayList<>();
        for (RawTable raw : tables.tables(ACCESS)) {
            List<Cell> cells = new ArrayList<>();
            for (int position : raw.filled()) {
                if (!raw.values(position).isZero()) {
                    cells.add(new Cell(position, raw.values(position)));
                    explanations.add(new CellExplanation(
                            raw.table().name(), raw.table().shape().codes(position), CellExplanation.Reason.PUBLISHED));
                }
            }
            values.add(new Published(raw.table(), Tables.OPEN, cells, Optional.empty()));
        }
        return new Draft(new Tables(Tables.OPEN, values), explanations);
    }

    private static Protection protectTables(
            DatasetDefinition definition, RawTables tables, int k, List<SummaryContent> earlier) {
        List<RawTable> raws = tables.tables(ACCESS);
        List<List<TableValues>> histories =
                raws.stream().map(raw -> history(earlier, raw.table().name())).toList();
        Pattern pattern = PatternProtector.protect(Situation.of(definition, raws, k, histories));
        List<TableValues> values = new ArrayList<>();
        List<CellExplanation> explanations = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (int table = 0; table < raws.size(); table++) {
            values.add(pattern.values(table));
            explanations.addAll(pattern.explanations(table));
            tooSmall(raws.get(table), k, values.get(table), histories.get(table))
                    .ifPresent(reasons::add);
        }
        Protection protection = newOrUnchanged(new Draft(new Tables(k, values), explanations), earlier);
        boolean mustWait = protection instanceof Draft && !reasons.isEmpty();
        return mustWait ? new Waits(String.join("; ", reasons)) : protection;
    }

    private static Protection newOrUnchanged(Draft draft, List<SummaryContent> earlier) {
        boolean unchanged =
                !earlier.isEmpty() && earlier.get(earlier.size() - 1).equals(draft.content());
        return unchanged ? new Unchanged(draft) : draft;
    }

    /** Why the correction has to wait: the receivers' own rule, and what only the member can see. */
    private static Optional<String> tooSmall(RawTable raw, int k, TableValues revised, List<TableValues> history) {
        try {
            for (TableValues earlier : history) {
                RevisionRule.verify(earlier, revised);
                if (earlier instanceof Published published && revised instanceof WithheldTable) {
                    verifyWithheldDiffers(raw, k, published);
                }
            }
            return Optional.empty();
        } catch (RefutedException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Withholding a table tells that it has changed, so the change that it hides covers k persons as well. */
    private static void verifyWithheldDiffers(RawTable raw, int k, Published earlier) {
        Values before = earlier.total().orElseThrow();
        Values now = raw.filled().stream().map(raw::values).reduce(Values.zero(before.size()), Values::plus);
        int persons = raw.table().personsIndex();
        long difference = Math.abs(now.get(persons) - before.get(persons));
        if (!now.equals(before) && difference < Math.max(k, earlier.k())) {
            throw new RefutedException(
                    "table " + raw.table().name() + ": would be withheld, and differs from an earlier" + " revision by "
                            + difference + " persons in all, expected k = " + Math.max(k, earlier.k()));
        }
    }

    private static List<TableValues> history(List<SummaryContent> earlier, String table) {
        List<TableValues> history = new ArrayList<>();
        for (SummaryContent content : earlier) {
            if (content instanceof Tables tables) {
                tables.table(table).ifPresent(history::add);
            }
        }
        return history;
    }

    private static int effectiveK(DatasetDefinition definition, int raisedK) {
        int floor = definition.tables().stream()
                .mapToInt(table -> table.rule().k())
                .max()
                .orElseThrow();
        if (raisedK == NOT_RAISED) {
            return floor;
        }
        if (raisedK < floor || raisedK > DisclosureRule.MAX_K) {
            throw new RefutedException("this node's k for " + definition.dataset() + " is " + raisedK + ", expected "
                    + floor + ".." + DisclosureRule.MAX_K + ": a member can raise k and not lower it");
        }
        return raisedK;
    }
}
