package se.samsyn.protocol.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import se.samsyn.protocol.dataset.RegisterRule;
import se.samsyn.protocol.dataset.RegistryNumber;
import se.samsyn.protocol.summary.RegisterRow;

/**
 * The register of all members: rows that share a registry number are one trial, counted once.
 *
 * <h2>How rows become trials</h2>
 *
 * <p>Sharing a number is an edge between two rows; a trial is a connected component. A chain counts: if Skåne knows a
 * trial as A and B, and Stockholm another row as B and C, then A, B and C are one, although no row says so. What a
 * component says is a function of its <em>set</em> of rows ({@link MergedTrial#of} sorts them first), and which
 * components there are is a function of the set of all rows, so that neither the order nor the grouping of arrivals can
 * be seen in any figure.
 *
 * <h2>How it is kept</h2>
 *
 * <p>Each number leads to its component. A row that arrives joins all the components that its numbers lead to, the
 * smaller poured into the larger. Joining cannot be undone edge by edge, so when rows go (a release was superseded or
 * retracted), the components that they were in are dissolved and their remaining rows linked anew; all other components
 * stay as they are. Only after the last row of a change is each touched component merged and written to its slot in
 * {@link TrialColumns}, so a change costs what its components hold and not what the register holds, and a hostile chain
 * of fifty thousand rows is merged once and not fifty thousand times.
 *
 * <h2>What a missing summary can do</h2>
 *
 * <p>Merging is over all periods, since two members may file one trial in different years: one knows its start, the
 * other only its number. A summary that is not there would first of all add trials to its own period, and those figures
 * are <em>at least</em>. Rarely its rows would reach further: they could move a trial to an earlier year, or unite two
 * trials of other years, or tell an attribute that nobody else knew. To call every figure of every year <em>at
 * least</em> for that would say something untrue (a move or a union takes trials away) and would blur which years are
 * whole. So a period is exact if every member's part of that period is told, a period with a gap is <em>at least</em>,
 * and a view with a gap in any period says in a note that the others may still change by it.
 */
final class RegisterMerge {
    private final RegisterRule rule;
    private final TrialColumns columns;
    private final Map<RegistryNumber, Component> byNumber = new HashMap<>();
    private final SortedMap<RegistryNumber, MergedTrial> disputed = new TreeMap<>();

    /** Rows that are one trial. */
    private static final class Component {
        private final List<SourceRow> rows = new ArrayList<>();
        private @Nullable MergedTrial trial;
        private int slot;
    }

    RegisterMerge(RegisterRule rule) {
        this.rule = rule;
        this.columns = new TrialColumns(rule);
    }

    TrialColumns columns() {
        return columns;
    }

    /** The trials on which members disagree, by their smallest numbers. */
    Collection<MergedTrial> disputed() {
        return Collections.unmodifiableCollection(disputed.values());
    }

    /** All trials, by their smallest numbers. */
    List<MergedTrial> trials() {
        SortedMap<RegistryNumber, MergedTrial> trials = new TreeMap<>();
        for (Component component : byNumber.values()) {
            MergedTrial trial = component.trial;
            if (trial != null) {
                trials.put(trial.ids().get(0), trial);
            }
        }
        return List.copyOf(trials.values());
    }

    /** Takes away a member's rows, which were added before, and adds others. */
    void replace(String node, List<RegisterRow> old, List<RegisterRow> now) {
        List<SourceRow> coming = dissolve(node, old);
        now.forEach(row -> coming.add(new SourceRow(node, row)));
        Set<Component> touched = new LinkedHashSet<>();
        for (SourceRow source : coming) {
            touched.add(link(source, touched));
        }
        touched.forEach(this::write);
    }

    /** Dissolves the components of a member's rows; gives the other rows that were in them. */
    private List<SourceRow> dissolve(String node, List<RegisterRow> rows) {
        Set<SourceRow> gone = new HashSet<>();
        Set<Component> dissolved = new LinkedHashSet<>();
        for (RegisterRow row : rows) {
            gone.add(new SourceRow(node, row));
            Component component = byNumber.get(row.ids().get(0));
            if (component == null) {
                throw new IllegalStateException("row " + row.ids() + " of " + node + " was never added");
            }
            dissolved.add(component);
        }
        List<SourceRow> remaining = new ArrayList<>();
        for (Component component : dissolved) {
            erase(component);
            for (SourceRow source : component.rows) {
                byNumber.keySet().removeAll(source.row().ids());
                if (!gone.contains(source)) {
                    remaining.add(source);
                }
            }
        }
        return remaining;
    }

    private Component link(SourceRow source, Set<Component> touched) {
        Component joined = null;
        for (RegistryNumber number : source.row().ids()) {
            Component other = byNumber.get(number);
            if (other != null && other != joined) {
                joined = joined == null ? other : join(joined, other, touched);
            }
        }
        Component component = joined == null ? new Component() : joined;
        component.rows.add(source);
        source.row().ids().forEach(number -> byNumber.put(number, component));
        return component;
    }

    private Component join(Component one, Component other, Set<Component> touched) {
        Component larger = one.rows.size() >= other.rows.size() ? one : other;
        Component smaller = larger == one ? other : one;
        erase(smaller);
        touched.remove(smaller);
        for (SourceRow source : smaller.rows) {
            larger.rows.add(source);
            source.row().ids().forEach(number -> byNumber.put(number, larger));
        }
        return larger;
    }

    private void write(Component component) {
        erase(component);
        MergedTrial trial = MergedTrial.of(rule, component.rows);
        component.trial = trial;
        component.slot = columns.put(trial);
        if (!trial.conflicts().isEmpty()) {
            disputed.put(trial.ids().get(0), trial);
        }
    }

    private void erase(Component component) {
        MergedTrial trial = component.trial;
        if (trial != null) {
            columns.clear(component.slot);
            disputed.remove(trial.ids().get(0));
            component.trial = null;
        }
    }
}
