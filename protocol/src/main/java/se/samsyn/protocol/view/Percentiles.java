package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.statistic.Figure;
import se.samsyn.protocol.statistic.Histogram;

/**
 * Medians and other percentiles of a table that counts by number, such as days: exact, because the histograms of all members were added up.
 * The table's last dimension is the number; a row stands for each combination of the others, by period and over all periods together.
 *
 * <p>Where a member has not told its part, nobody knows the percentiles of all: then they are of what was told, and called so.
 */
final class Percentiles {
    private static final List<Integer> PERCENTS = List.of(10, 25, 50, 75, 90);
    static final int MEDIAN = 50;

    private final NationalView view;
    private final int upTo;
    /** Numbers, all larger ones, and the unknown. */
    private final int bins;

    /** What is told of some groups together: how many of each number, and whether that is all. */
    private record Told(Histogram histogram, boolean complete) {}

    Percentiles(NationalView view) {
        this.view = view;
        Axis numbers = view.axes.get(view.axes.size() - 1);
        this.bins = numbers.codes().size();
        // beside the numbers from zero there is a code for all larger ones, and one for the unknown
        this.upTo = bins - 3;
    }

    /**
     * Insists on counts by number in a table where nothing is hidden.
     *
     * @throws MalformedException if the table counts nothing by number, or is protected
     */
    static void check(DatasetDefinition definition, ViewQuery query) {
        Optional<Table> table = query.table().flatMap(definition::table);
        boolean isHistogram = table.filter(Table::isOpen)
                .filter(one -> one.measures().size() == 1)
                .filter(one -> one.dimensions()
                        .get(one.dimensions().size() - 1)
                        .codes()
                        .upTo()
                        .isPresent())
                .isPresent();
        if (!isHistogram) {
            throw new MalformedException("derive=percentiles needs an open table with one measure whose last dimension"
                    + " is a number, such as the days of dataset lead-times");
        }
    }

    void write(ObjectNode json) {
        json.put("dimension", view.axes.get(view.axes.size() - 1).name()).put("upTo", upTo);
        ArrayNode rows = json.putArray("rows");
        for (int period = 0; period < view.periods.size(); period++) {
            for (int row = 0; row < view.figures.groups / bins; row++) {
                Told told = told(period, period + 1, row);
                if (told.histogram.size() > 0) {
                    write(
                            rows.addObject()
                                    .put("period", view.periods.get(period).toString()),
                            row,
                            told);
                }
            }
        }
        ArrayNode together = json.putArray("together");
        OptionalInt largest = OptionalInt.empty();
        int largestMedian = -1;
        for (int row = 0; row < view.figures.groups / bins; row++) {
            Told told = told(0, view.periods.size(), row);
            if (told.histogram.size() > 0) {
                write(together.addObject(), row, told);
                int median = told.histogram.percentile(MEDIAN).orElseThrow();
                if (median > largestMedian) {
                    largest = OptionalInt.of(row);
                    largestMedian = median;
                }
            }
        }
        largest.ifPresent(row -> codes(json.putObject("largestMedian"), row));
    }

    private void write(ObjectNode json, int row, Told told) {
        codes(json, row);
        long size = told.histogram.size();
        json.set("told", (told.complete ? new Figure.Exact(size) : new Figure.AtLeast(size)).json());
        write(json, told.histogram, told.complete, upTo);
    }

    /**
     * Writes the percentiles of a histogram that is not empty, under a name that says whether it is of all.
     *
     * @param upTo larger numbers are told as at least one more than this
     */
    static void write(ObjectNode json, Histogram histogram, boolean complete, int upTo) {
        ObjectNode percentiles = json.putObject(complete ? "percentiles" : "percentilesOfTold");
        for (int percent : PERCENTS) {
            int number = histogram.percentile(percent).orElseThrow();
            percentiles.set(
                    "p" + percent, (number > upTo ? new Figure.AtLeast(number) : new Figure.Exact(number)).json());
        }
    }

    private void codes(ObjectNode json, int row) {
        String[] codes = Axis.codesOf(view.axes, row * bins);
        for (int i = 0; i < codes.length - 1; i++) {
            json.put(view.axes.get(i).name(), codes[i]);
        }
    }

    private Told told(int fromPeriod, int toPeriod, int row) {
        Histogram histogram = new Histogram();
        for (int period = fromPeriod; period < toPeriod; period++) {
            for (int number = 0; number <= upTo + 1; number++) {
                histogram.add(number, view.cell(period, row * bins + number, 0).low());
            }
        }
        return new Told(histogram, IntStream.range(fromPeriod, toPeriod).allMatch(view::isComplete));
    }
}
