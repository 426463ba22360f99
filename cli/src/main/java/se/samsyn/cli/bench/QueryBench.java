package se.samsyn.cli.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import se.samsyn.cli.bench.PostgresServer.NotThereException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.view.ViewQuery;

/**
 * National views with random queries right after an update, beside DuckDB asked the same over all members' records at once, and beside
 * PostgreSQL's materialized view of what the members released, with what it takes to refresh that. All have records and summaries of one
 * shape, each from its own random numbers: compared is the time, and not the figures.
 */
public final class QueryBench {
    private static final double NANOS_A_MILLI = 1e6;
    private static final double P50 = 0.5;
    private static final int QUERIES_A_ROUND = 5;
    private static final int READS_A_ROUND = 20;

    /** Persons are counted for each member and year, as summaries have them, and added up. */
    private static final String SUMMARIES =
            "SELECT member, year, region, category, count(DISTINCT participant) AS participants,"
                    + " count(*) AS items, sum(amount) AS amount FROM item%s GROUP BY member, year, region, category";

    private static final String TABLE = "SELECT region, category, sum(participants), sum(items), sum(amount) FROM %s"
            + " GROUP BY region, category ORDER BY region, category";

    private final BenchPlan plan;
    private final int rows;
    private final Path folder;
    private final Optional<Path> duckdb;
    private final Optional<Path> postgres;
    private final List<Period> periods;
    private final List<Series> all;

    /**
     * @param rows of records, of all members together
     * @param folder an empty one
     * @param duckdb its JDBC driver
     * @param postgres the folder of its programs, if it is not where Debian has it
     */
    public QueryBench(BenchPlan plan, int rows, Path folder, Optional<Path> duckdb, Optional<Path> postgres) {
        this.plan = plan;
        this.rows = rows;
        this.folder = folder;
        this.duckdb = duckdb;
        this.postgres = postgres;
        this.periods = IntStream.range(ViewBench.FIRST_YEAR, ViewBench.FIRST_YEAR + plan.years())
                .mapToObj(year -> Period.parse(Integer.toString(year)))
                .toList();
        DatasetDefinition care = ViewBench.care();
        DatasetDefinition trials = BenchNetwork.shipped("trials");
        BenchHistory history = new BenchHistory(plan, 1, periods, List.of(care, trials));
        this.all = List.of(new Series("table", history, care), new Series("register", history, trials));
    }

    /** One kind of view and what was measured of it, each number the median of a round. */
    private static final class Series {
        private final String name;
        private final BenchHistory history;
        private final DatasetDefinition definition;
        private final List<Double> views = new ArrayList<>();
        private final List<Double> duckdb = new ArrayList<>();
        private final List<Double> reads = new ArrayList<>();
        private final List<Double> refreshes = new ArrayList<>();

        Series(String name, BenchHistory history, DatasetDefinition definition) {
            this.name = name;
            this.history = history;
            this.definition = definition;
        }

        boolean isRegister() {
            return definition.register().isPresent();
        }

        List<Measured> rows() {
            List<Measured> rows = new ArrayList<>();
            rows.add(Measured.of("view of a " + name + ", p50", Measured.MILLIS, Spread.of(views)));
            if (!duckdb.isEmpty()) {
                rows.add(Measured.of("DuckDB over all records, p50", Measured.MILLIS, Spread.of(duckdb)));
                rows.add(Measured.of(name + ": DuckDB / view", Measured.RATIO, Spread.of(ratios(duckdb)))
                        .withGoal("at least 100"));
            }
            if (!reads.isEmpty()) {
                rows.add(Measured.of("PostgreSQL, materialized view read, p50", Measured.MILLIS, Spread.of(reads)));
                rows.add(Measured.of("PostgreSQL, materialized view refreshed", Measured.MILLIS, Spread.of(refreshes)));
                rows.add(Measured.of(name + ": materialized view read / view", Measured.RATIO, Spread.of(ratios(reads)))
                        .withGoal("at least 1"));
            }
            return rows;
        }

        private List<Double> ratios(List<Double> other) {
            return IntStream.range(0, views.size())
                    .mapToObj(round -> other.get(round) / views.get(round))
                    .toList();
        }
    }

    /** Measures; without the others, what there is without them. */
    public BenchReport run() throws Exception {
        List<String> missing = new ArrayList<>();
        List<String> versions = new ArrayList<>();
        all.forEach(this::askViews); // until it is compiled
        all.forEach(series -> series.views.clear());
        for (int round = 0; round < plan.rounds(); round++) {
            all.forEach(this::askViews);
        }
        if (duckdb.isPresent()) {
            try (DuckDb other = DuckDb.open(duckdb.get())) {
                versions.add("DuckDB " + other.version() + " in memory");
                make(other);
                askDuckDb(other);
            }
        } else {
            missing.add("no ratio to DuckDB: name its JDBC driver with --duckdb"
                    + " (org.duckdb:duckdb_jdbc, `mvn dependency:get -Dartifact=org.duckdb:duckdb_jdbc:1.3.2.0`)");
        }
        try (PostgresServer other = PostgresServer.start(postgres, folder.resolve("postgres"))) {
            versions.add(other.version() + " as it comes");
            make(other);
            askPostgres(other);
        } catch (NotThereException e) {
            missing.add("no ratio to PostgreSQL: " + e.getMessage());
        }
        String setting = String.format(
                Locale.ROOT,
                "%d members, %d years, %,d invented records of a table and %,d of a register; each view right after an update%s",
                plan.members(),
                plan.years(),
                rows,
                trials(),
                versions.isEmpty() ? "" : "; beside " + String.join(", ", versions));
        return new BenchReport(
                "query",
                setting,
                all.stream().flatMap(series -> series.rows().stream()).toList(),
                missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing)));
    }

    private void askViews(Series series) {
        List<Double> millis = new ArrayList<>();
        long start = System.nanoTime();
        do {
            millis.add(series.history.millisOfView(series.definition));
        } while (System.nanoTime() - start < plan.nanos());
        series.views.add(Spread.quantile(millis, P50));
    }

    private void askDuckDb(DuckDb other) throws Exception {
        for (int round = 0; round < plan.rounds(); round++) {
            for (Series series : all) {
                List<Double> millis = new ArrayList<>();
                for (int i = 0; i < QUERIES_A_ROUND; i++) {
                    other.run(update(series));
                    long start = System.nanoTime();
                    other.run(overRecords(series));
                    millis.add((System.nanoTime() - start) / NANOS_A_MILLI);
                }
                series.duckdb.add(Spread.quantile(millis, P50));
            }
        }
    }

    private void askPostgres(PostgresServer other) throws Exception {
        for (int round = 0; round < plan.rounds(); round++) {
            for (Series series : all) {
                String view = series.isRegister() ? "trial_view" : "item_view";
                List<String> statements = new ArrayList<>();
                statements.add(update(series));
                statements.add("REFRESH MATERIALIZED VIEW " + view);
                for (int i = 0; i < READS_A_ROUND; i++) {
                    statements.add(overView(series));
                }
                List<Double> millis = other.run(statements.toArray(String[]::new));
                series.refreshes.add(millis.get(1));
                series.reads.add(Spread.quantile(millis.subList(2, millis.size()), P50));
            }
        }
    }

    /** What {@link BenchHistory} lets a member do between two queries: something new comes in. */
    private String update(Series series) {
        int year = ViewBench.FIRST_YEAR;
        return series.isRegister()
                ? "INSERT INTO trial SELECT * FROM trial LIMIT 1"
                : "INSERT INTO item VALUES ('m00', " + year + ", 'c00', 'c00', 'S-new', 1)";
    }

    private String overRecords(Series series) {
        ViewQuery query = series.history.query(series.definition);
        return series.isRegister()
                ? register(query, "trial")
                : String.format(Locale.ROOT, TABLE, "(" + String.format(Locale.ROOT, SUMMARIES, years(query)) + ")");
    }

    private String overView(Series series) {
        ViewQuery query = series.history.query(series.definition);
        return series.isRegister()
                ? register(query, "trial_view")
                : String.format(Locale.ROOT, TABLE, "item_view" + years(query));
    }

    private static String register(ViewQuery query, String from) {
        StringJoiner columns = new StringJoiner(", ");
        columns.add("year");
        query.group().forEach(attribute -> columns.add("\"" + attribute + "\""));
        if (query.byRegion()) {
            columns.add("region");
        }
        return "SELECT " + columns + ", count(DISTINCT id) FROM " + from + years(query) + " GROUP BY " + columns;
    }

    private static String years(ViewQuery query) {
        return " WHERE year BETWEEN " + query.from().orElseThrow() + " AND "
                + query.to().orElseThrow();
    }

    private long trials() {
        return (long) plan.members() * plan.years() * BenchReleases.TRIALS_A_SUMMARY;
    }

    /** Records as members have them; DuckDB and PostgreSQL understand the same but for how they count rows and draw numbers. */
    private void make(DuckDb other) throws Exception {
        other.run("SELECT setseed(0.5)");
        other.run(items("range(" + rows + ") AS row(i)"));
        other.run(trials("range(" + trials() + ") AS row(i)"));
    }

    private void make(PostgresServer other) throws Exception {
        var unused = other.run(
                "SELECT setseed(0.5)",
                items("generate_series(0, " + (rows - 1) + ") AS row(i)"),
                trials("generate_series(0, " + (trials() - 1) + ") AS row(i)"),
                "CREATE MATERIALIZED VIEW item_view AS " + String.format(Locale.ROOT, SUMMARIES, ""),
                "CREATE INDEX ON item_view (year)",
                "CREATE MATERIALIZED VIEW trial_view AS SELECT DISTINCT * FROM trial",
                "CREATE INDEX ON trial_view (year)",
                "VACUUM ANALYZE");
    }

    private String items(String numbers) {
        return "CREATE TABLE item AS SELECT " + code("m", plan.members()) + " AS member, " + year() + " AS year, "
                + code("c", ViewBench.REGIONS) + " AS region, " + code("c", ViewBench.CATEGORIES)
                + " AS category, 'S-' || "
                + below(Math.max(1, rows / 50)) + " AS participant, " + below(4_000_000) + " AS amount FROM " + numbers;
    }

    private String trials(String numbers) {
        StringJoiner attributes = new StringJoiner(", ");
        for (Series series : all) {
            series.definition
                    .register()
                    .ifPresent(rule -> rule.attributes()
                            .forEach(attribute -> attributes.add(
                                    code("c", attribute.codes().size()) + " AS \"" + attribute.name() + "\"")));
        }
        // a quarter are other members' trials as well
        long different = Math.max(1, trials() * 3 / 4);
        return "CREATE TABLE trial AS SELECT 'NCT' || " + below(different) + " AS id, " + year() + " AS year, "
                + code("m", plan.members()) + " AS region, " + attributes + " FROM " + numbers;
    }

    private String year() {
        return ViewBench.FIRST_YEAR + " + " + below(plan.years());
    }

    private static String code(String letter, int codes) {
        return "'" + letter + "' || lpad(CAST(" + below(codes) + " AS text), 2, '0')";
    }

    private static String below(long bound) {
        return "CAST(floor(random() * " + bound + ") AS bigint)";
    }
}
