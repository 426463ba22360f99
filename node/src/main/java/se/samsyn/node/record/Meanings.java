package se.samsyn.node.record;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import se.samsyn.node.record.ImportColumn.Meaning;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.root.Scope;

/** What cells mean that no form can tell of alone: it depends on the row, on the node's scope, or on the trials that it knows. */
final class Meanings {
    /** What people type where a form asks for a number that nobody knows. */
    private static final Set<String> PLACEHOLDERS = Set.of("99999", "999999", "9999999", "99999999");

    /** A number that somebody typed because the form wanted one: not known. */
    static final Meaning NO_PLACEHOLDER = (row, column, cell) -> {
        if (PLACEHOLDERS.contains(cell)) {
            row.warn(column, cell, "a placeholder: kept as not known");
            return "";
        }
        return cell;
    };

    private final AgreedWords words;
    private final Scope scope;
    private final KnownTrials trials;

    Meanings(AgreedWords words, Scope scope, KnownTrials trials) {
        this.words = words;
        this.scope = scope;
        this.trials = trials;
    }

    /** A list without the cell of another column of the row. */
    static Meaning without(String other) {
        return (row, column, cell) -> Arrays.stream(cell.split("\\|", -1))
                .filter(text -> !text.equals(row.cell(other)))
                .collect(Collectors.joining(Form.BETWEEN));
    }

    /**
     * The code that a registry's own word means; a word that no row of the vocabulary has is unknown, and counted.
     *
     * @param name of the vocabulary and of its code list
     */
    Meaning word(String name) {
        Vocabulary vocabulary = words.vocabulary(name);
        return (row, column, word) -> {
            String registry = row.cell(TrialFormats.REGISTRY.name());
            return vocabulary.code(registry, word).orElseGet(() -> {
                row.warn(
                        column,
                        word,
                        "not in vocabulary/" + name + ".csv for "
                                + (registry.isEmpty() ? "a row without registry" : "registry " + registry)
                                + ": counted as unknown");
                return CodeList.UNKNOWN;
            });
        };
    }

    /** A place that has to lie in the node's scope. */
    Meaning ownPlace() {
        return (row, column, place) -> {
            if (!scope.covers(place)) {
                row.fault(
                        column,
                        place,
                        "a place within this node's scope, " + scope.encode() + "; other nodes speak for other places");
            }
            return place;
        };
    }

    /** The number under which a trial is filed at this node. */
    Meaning filedTrial() {
        return (row, column, number) -> {
            if (!trials.isFiledUnder(number)) {
                row.fault(column, number, "the trial_id of a trial that was imported before, from trial.csv");
            }
            return number;
        };
    }

    /** A number of a trial that the node should know; what it is about counts all the same. */
    Meaning trial() {
        return (row, column, number) -> {
            if (!trials.has(number)) {
                row.warn(column, number, "no trial of this node has that number; the row counts all the same");
            }
            return number;
        };
    }
}
