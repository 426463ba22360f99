package se.samsyn.protocol.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.statistic.Figure;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.Pool;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.TableValues;

/**
 * How many persons meet criteria, from one protected table of one member and nothing else: so it tells no more than that table does.
 *
 * <p>Exact where no pooled cell meets them, or all do; an interval where some of the pool do; at least nothing where the table is
 * withheld. So what is suppressed never looks like zero.
 */
public final class EligibleFigure {
    private EligibleFigure() {}

    /**
     * Refuses criteria that the table cannot answer.
     *
     * @param criteria by dimension the codes that count
     * @return the table
     * @throws MalformedException if there is no such protected table, dimension or code, saying which there are
     */
    public static Table check(DatasetDefinition definition, String name, Map<String, List<String>> criteria) {
        Table table = definition
                .table(name)
                .filter(one -> !one.isOpen())
                .orElseThrow(() -> new MalformedException("dataset " + definition.dataset()
                        + " has no protected table \"" + name + "\" of persons; there is "
                        + definition.tables().stream()
                                .filter(one -> !one.isOpen())
                                .map(Table::name)
                                .collect(Collectors.joining(", "))));
        criteria.forEach((dimension, codes) -> {
            Dimension found = table.dimensions().stream()
                    .filter(one -> one.name().equals(dimension))
                    .findFirst()
                    .orElseThrow(() -> new MalformedException("table " + name + " has no dimension \"" + dimension
                            + "\"; there is "
                            + table.dimensions().stream().map(Dimension::name).collect(Collectors.joining(", "))));
            for (String code : codes) {
                if (found.codes().indexOf(code) < 0) {
                    throw new MalformedException("dimension " + dimension + " has no code \"" + code
                            + "\"; GET /api/v1/datasets/" + definition.dataset() + " lists its codes");
                }
            }
        });
        return table;
    }

    /**
     * The figure.
     *
     * @param values of a protected table
     * @param criteria that {@link #check} let pass
     */
    public static Figure of(TableValues values, Map<String, List<String>> criteria) {
        if (!(values instanceof Published published)) {
            return Figure.of(0, 0, false);
        }
        Table table = published.table();
        int persons = table.personsIndex();
        List<Dimension> dimensions = table.dimensions();
        List<boolean[]> wanted = new ArrayList<>();
        for (Dimension dimension : dimensions) {
            wanted.add(wanted(dimension, criteria.get(dimension.name())));
        }
        long certain = 0;
        for (Cell cell : published.cells()) {
            if (meets(table, wanted, cell.position())) {
                certain += cell.values().get(persons);
            }
        }
        if (published.pool().isEmpty()) {
            return Figure.of(certain, 0, true);
        }
        Pool pool = published.pool().get();
        long pooled = pool.values().get(persons);
        long meeting = pool.positions().stream()
                .filter(position -> meets(table, wanted, position))
                .count();
        if (meeting == pool.positions().size()) {
            return Figure.of(certain + pooled, 0, true);
        }
        return Figure.of(certain, meeting == 0 ? 0 : pooled, true);
    }

    private static boolean[] wanted(Dimension dimension, @Nullable List<String> codes) {
        boolean[] wanted = new boolean[dimension.codes().size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = codes == null
                    || codes.contains(dimension.codes().codes().get(i).code());
        }
        return wanted;
    }

    private static boolean meets(Table table, List<boolean[]> wanted, int position) {
        for (int dimension = 0; dimension < wanted.size(); dimension++) {
            if (!wanted.get(dimension)[table.shape().codeIndex(position, dimension)]) {
                return false;
            }
        }
        return true;
    }
}
