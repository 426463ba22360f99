package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.DatasetDefinition;

/**
 * Of each thing the state that the newest period tells in which anything is told of it, where a table counts states by thing: its first
 * dimension are the things, its second their states. Where that period tells several states, all of them are shown and none is counted.
 */
final class Board {
    private static final int DIMENSIONS = 2;

    private final NationalView view;
    private final Axis things;
    private final Axis states;

    Board(NationalView view) {
        this.view = view;
        this.things = view.axes.get(0);
        this.states = view.axes.get(1);
    }

    /**
     * Insists on things and their states.
     *
     * @throws MalformedException if the table has other dimensions
     */
    static void check(DatasetDefinition definition, ViewQuery query) {
        boolean isBoard = query.table()
                .flatMap(definition::table)
                .filter(table -> table.dimensions().size() == DIMENSIONS)
                .isPresent();
        if (!isBoard || !definition.isOpen()) {
            throw new MalformedException("derive=board needs an open table of two dimensions, things and their states,"
                    + " such as that of dataset measures");
        }
    }

    void write(ObjectNode json) {
        int[] counts = new int[states.codes().size()];
        ArrayNode rows = json.putArray("rows");
        for (int thing = 0; thing < things.codes().size(); thing++) {
            int newest = newest(thing);
            if (newest >= 0) {
                ObjectNode row = rows.addObject()
                        .put(things.name(), things.codes().get(thing).code())
                        .put("period", view.periods.get(newest).toString());
                List<Integer> told = told(newest, thing);
                ArrayNode all = row.putArray("states");
                told.forEach(state -> all.add(states.codes().get(state).code()));
                if (told.size() == 1) {
                    counts[told.get(0)]++;
                }
            }
        }
        ObjectNode count = json.putObject("counts");
        for (int state = 0; state < counts.length; state++) {
            Code code = states.codes().get(state);
            count.put(code.code(), counts[state]);
        }
    }

    private int newest(int thing) {
        return IntStream.range(0, view.periods.size())
                .filter(period -> !told(period, thing).isEmpty())
                .reduce(-1, (before, period) -> period);
    }

    private List<Integer> told(int period, int thing) {
        return IntStream.range(0, states.codes().size())
                .filter(state -> view.cell(period, thing * states.codes().size() + state, 0)
                                .low()
                        > 0)
                .boxed()
                .toList();
    }
}
