package se.samsyn.cli.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.view.Basis;
import se.samsyn.protocol.view.NationalView;
import se.samsyn.protocol.view.ViewQuery;

/**
 * National views with random queries, each right after a member released a summary anew, over histories of different lengths. Nothing
 * is cached: the picture is the state that every query reads.
 */
public final class ViewBench {
    static final int FIRST_YEAR = 2006;
    static final int REGIONS = 20;
    static final int CATEGORIES = 10;
    private static final double NANOS_A_MILLI = 1e6;
    private static final double P50 = 0.5;
    private static final double P99 = 0.99;

    private final BenchPlan plan;
    private final DatasetDefinition table;
    private final DatasetDefinition register;
    /** Keeps what was encoded from being seen as unused. */
    private long encodedLength;

    public ViewBench(BenchPlan plan) {
        this.plan = plan;
        this.table = care();
        this.register = BenchNetwork.shipped("trials");
    }

    /** A dataset of one table of {@value #REGIONS} regions by {@value #CATEGORIES} categories, a summary a year. */
    static DatasetDefinition care() {
        return DatasetDefinition.parse(
                DatasetDefinition.resolve(utf8(String.format(Locale.ROOT, """
                {"dataset":"care","version":1,"record":"cost-item","title":{"sv":"Vård","en":"Care"},
                 "period":{"granularity":"year","field":"date","first":"%d","dueDays":45,"open":false},
                 "dimensions":[{"name":"home-region","field":"homeRegion","codes":"bench-region"},
                   {"name":"category","field":"category","codes":"bench-category"}],
                 "measures":[{"name":"participants","aggregate":"distinct","field":"participant"},
                   {"name":"items","aggregate":"count"},
                   {"name":"amountOre","aggregate":"sum","field":"amountOre"}],
                 "tables":[{"name":"care","dimensions":["home-region","category"],
                   "measures":["participants","items","amountOre"],
                   "disclosure":{"persons":"participants","contributor":"trial","k":5,"dominancePercent":85}}]}
                """, FIRST_YEAR)), ViewBench::codeList));
    }

    /** One kind of query to one history. */
    private static final class Series {
        private final BenchHistory history;
        private final DatasetDefinition definition;
        private final List<Double> medians = new ArrayList<>();
        private final List<Double> tails = new ArrayList<>();
        private final List<Double> encodedMedians = new ArrayList<>();

        Series(BenchHistory history, DatasetDefinition definition) {
            this.history = history;
            this.definition = definition;
        }

        List<Measured> rows() {
            String what = (definition.register().isPresent() ? "register" : "table") + ", " + history.revisions()
                    + (history.revisions() == 1 ? " release" : " releases") + " a summary";
            Measured median = Measured.of("view of a " + what + ", p50", Measured.MILLIS, Spread.of(medians));
            return List.of(
                    definition.register().isPresent() ? median : median.withGoal("below 0.5"),
                    Measured.of("view of a " + what + ", p99", Measured.MILLIS, Spread.of(tails)),
                    Measured.of("the same with its encoding, p50", Measured.MILLIS, Spread.of(encodedMedians)));
        }
    }

    /** Measures; the histories take turns in each round. */
    public BenchReport run() {
        List<Period> periods = IntStream.range(FIRST_YEAR, FIRST_YEAR + plan.years())
                .mapToObj(year -> Period.parse(Integer.toString(year)))
                .toList();
        List<BenchHistory> histories = plan.revisions().stream()
                .sorted()
                .map(revisions -> new BenchHistory(plan, revisions, periods, List.of(table, register)))
                .toList();
        List<Series> series = histories.stream()
                .flatMap(history -> Stream.of(table, register).map(definition -> new Series(history, definition)))
                .toList();
        series.forEach(this::measure); // until it is compiled
        series.forEach(one -> {
            one.medians.clear();
            one.tails.clear();
            one.encodedMedians.clear();
        });
        for (int round = 0; round < plan.rounds(); round++) {
            series.forEach(this::measure);
        }
        List<Measured> rows = new ArrayList<>();
        series.forEach(one -> rows.addAll(one.rows()));
        if (histories.size() > 1) {
            List<Double> ratios = new ArrayList<>();
            // the first two series are of the shortest history, the last two of the longest; of each pair the first
            // asks for a table
            List<Double> shortest = series.get(0).medians;
            List<Double> longest = series.get(series.size() - 2).medians;
            for (int round = 0; round < plan.rounds(); round++) {
                ratios.add(longest.get(round) / shortest.get(round));
            }
            rows.add(Measured.of("table p50, longest / shortest history", Measured.RATIO, Spread.of(ratios))
                    .withGoal("about 1"));
        }
        String setting = String.format(
                Locale.ROOT,
                "%d members, %d years; %d cells or %d trials a summary; entries in all logs at the end: %s",
                plan.members(),
                plan.years(),
                table.tables().get(0).shape().cells(),
                BenchReleases.TRIALS_A_SUMMARY,
                histories.stream()
                        .map(history -> Long.toString(history.entries()))
                        .collect(Collectors.joining(", ")));
        return new BenchReport("view", setting, rows, Optional.empty());
    }

    /** One round: a new release is folded in before each query, and the query alone is timed. */
    private void measure(Series series) {
        List<Double> views = new ArrayList<>();
        List<Double> encoded = new ArrayList<>();
        long start = System.nanoTime();
        do {
            series.history.update(series.definition);
            ViewQuery query = series.history.query(series.definition);
            Basis basis = series.history.basis();
            long asked = System.nanoTime();
            NationalView view = series.history.picture().view(query, basis);
            long answered = System.nanoTime();
            encodedLength += view.encode().length;
            views.add((answered - asked) / NANOS_A_MILLI);
            encoded.add((System.nanoTime() - asked) / NANOS_A_MILLI);
        } while (System.nanoTime() - start < plan.nanos());
        if (encodedLength == 0) {
            throw new IllegalStateException("views without bytes");
        }
        series.medians.add(Spread.quantile(views, P50));
        series.tails.add(Spread.quantile(views, P99));
        series.encodedMedians.add(Spread.quantile(encoded, P50));
    }

    private static byte[] codeList(String name) {
        int codes = name.equals("bench-region") ? REGIONS : CATEGORIES;
        return utf8(IntStream.range(0, codes)
                .mapToObj(i -> String.format(
                        Locale.ROOT, "{\"code\":\"c%02d\",\"label\":{\"sv\":\"kod %d\",\"en\":\"code %d\"}}", i, i, i))
                .collect(Collectors.joining(",", "{\"name\":\"" + name + "\",\"codes\":[", "]}")));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
