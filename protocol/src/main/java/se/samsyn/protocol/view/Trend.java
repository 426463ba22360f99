package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Comparison;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Granularity;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.statistic.Change;
import se.samsyn.protocol.statistic.Figure;

/**
 * Each row's figures of one year beside those of five and of ten years before, with the change in percent, and what others published
 * for the years of the view. The year is the last one asked for that had ended at the instant of the basis.
 */
final class Trend {
    private static final List<Integer> SPANS = List.of(5, 10);

    private final NationalView view;
    private final List<String> measures;

    Trend(NationalView view, List<String> measures) {
        this.view = view;
        this.measures = measures;
    }

    /**
     * Insists on years.
     *
     * @throws MalformedException if the dataset's periods are shorter
     */
    static void check(DatasetDefinition definition) {
        if (definition.period().granularity() != Granularity.YEAR) {
            throw new MalformedException("derive=trend compares years, and dataset " + definition.dataset()
                    + " goes by " + definition.period().granularity().word());
        }
    }

    void write(ObjectNode json) {
        int last = lastEnded();
        ArrayNode rows = json.putArray("rows");
        if (last >= 0) {
            json.put("period", view.periods.get(last).toString());
            for (int group = 0; group < view.figures.groups; group++) {
                if (isShown(last, group)) {
                    ObjectNode row = rows.addObject();
                    String[] codes = Axis.codesOf(view.axes, group);
                    for (int i = 0; i < codes.length; i++) {
                        row.put(view.axes.get(i).name(), codes[i]);
                    }
                    int at = group;
                    write(row, last, measure -> period -> view.cell(period, at, measure));
                }
            }
            write(json.putObject("total"), last, measure -> period -> view.total(period, measure));
        }
        writeComparisons(json.putArray("comparisons"));
    }

    private boolean isShown(int last, int group) {
        return view.hasRow(last, group)
                || SPANS.stream().map(span -> before(last, span)).anyMatch(at -> at >= 0 && view.hasRow(at, group));
    }

    private void write(ObjectNode row, int last, IntFunction<IntFunction<Figure>> figures) {
        ObjectNode values = row.putObject("values");
        for (int measure = 0; measure < measures.size(); measure++) {
            values.set(measures.get(measure), figures.apply(measure).apply(last).json());
        }
        ArrayNode against = row.putArray("against");
        for (int span : SPANS) {
            int earlier = before(last, span);
            if (earlier >= 0) {
                ObjectNode one = against.addObject()
                        .put("period", view.periods.get(earlier).toString());
                ObjectNode then = one.putObject("values");
                ObjectNode changes = one.putObject("changePercent");
                for (int measure = 0; measure < measures.size(); measure++) {
                    String name = measures.get(measure);
                    Figure figure = figures.apply(measure).apply(earlier);
                    Figure now = figures.apply(measure).apply(last);
                    then.set(name, figure.json());
                    Change.percent(figure, now).ifPresent(change -> changes.set(name, change.json()));
                }
            }
        }
    }

    /** The index of the last year that has ended, or -1. */
    private int lastEnded() {
        return IntStream.range(0, view.periods.size())
                .filter(index -> {
                    Period period = view.periods.get(index);
                    return !period.isUnknown() && period.lastDay().isBefore(view.basis.today());
                })
                .reduce(-1, (before, index) -> index);
    }

    /** The index of the year so many years before, or -1 where the view does not reach back to it. */
    private int before(int last, int span) {
        int year = view.periods.get(last).lastDay().getYear() - span;
        return IntStream.range(0, view.periods.size())
                .filter(index -> !view.periods.get(index).isUnknown()
                        && view.periods.get(index).lastDay().getYear() == year)
                .findFirst()
                .orElse(-1);
    }

    private void writeComparisons(ArrayNode array) {
        for (Comparison comparison : view.definition.comparisons()) {
            ObjectNode one = array.addObject().put("name", comparison.name()).put("source", comparison.source());
            ObjectNode title = one.putObject("title");
            comparison.title().forEach(title::put);
            ObjectNode byYear = one.putObject("byYear");
            comparison.byYear().forEach((year, figure) -> {
                if (view.periods.stream().anyMatch(period -> period.toString().equals(year.toString()))) {
                    byYear.put(year.toString(), figure);
                }
            });
        }
    }
}
