package se.samsyn.node.protect;

import java.util.ArrayList;
import java.util.List;
import se.samsyn.node.tabulate.RawTable;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.summary.LinkedTables;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.TableLink;
import se.samsyn.protocol.summary.TableValues;

/**
 * What a release starts from: the true tables, the k that holds, and what was told before.
 *
 * @param raws the tables of the dataset with their true values
 * @param k the fewest persons that may be told of
 * @param earlier by table, what every earlier revision told, oldest first
 * @param links what ties the tables together
 */
record Situation(List<RawTable> raws, int k, List<List<TableValues>> earlier, List<Link> links) {
    /** A link, with the indices of its two tables. */
    record Link(int first, int second, TableLink ties) {
        boolean touches(int table) {
            return first == table || second == table;
        }

        /** The group of a cell of one of the two tables. */
        int group(int table, int position) {
            return table == first ? ties.groupOfFirst(position) : ties.groupOfSecond(position);
        }

        int other(int table) {
            return table == first ? second : first;
        }

        /** Whether the tables share a dimension, and not only their totals. */
        boolean hasMargins() {
            return ties.groups() > 1;
        }
    }

    static Situation of(DatasetDefinition definition, List<RawTable> raws, int k, List<List<TableValues>> earlier) {
        List<Link> links = new ArrayList<>();
        List<Table> tables = definition.tables();
        for (TableLink link : LinkedTables.of(definition).links()) {
            links.add(new Link(tables.indexOf(link.first()), tables.indexOf(link.second()), link));
        }
        return new Situation(List.copyOf(raws), k, List.copyOf(earlier), List.copyOf(links));
    }

    Table table(int table) {
        return raws.get(table).table();
    }

    /** The true value of a measure in a cell. */
    long value(int table, int measure, int position) {
        return raws.get(table).values(position).get(measure);
    }

    /** What earlier revisions published of a table. */
    List<Published> earlierPublished(int table) {
        return earlier.get(table).stream()
                .filter(Published.class::isInstance)
                .map(Published.class::cast)
                .toList();
    }

    boolean hasHistory() {
        return earlier.stream().anyMatch(values -> values.stream().anyMatch(Published.class::isInstance));
    }
}
