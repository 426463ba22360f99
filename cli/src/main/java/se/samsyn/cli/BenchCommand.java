package se.samsyn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.cli.bench.AppendBench;
import se.samsyn.cli.bench.AuditBench;
import se.samsyn.cli.bench.BenchPlan;
import se.samsyn.cli.bench.BenchReport;
import se.samsyn.cli.bench.ImportBench;
import se.samsyn.cli.bench.Machine;
import se.samsyn.cli.bench.Measured;
import se.samsyn.cli.bench.QueryBench;
import se.samsyn.cli.bench.Spread;
import se.samsyn.cli.bench.VerifyBench;
import se.samsyn.cli.bench.ViewBench;
import se.samsyn.node.Json;
import se.samsyn.node.store.Scratch;

/** {@code samsyn bench}: measures this machine and this build. */
@Command(
        name = "bench",
        description = {
            "Measure on this machine, each beside what it is compared with, in turns: appends to a log beside bare synced"
                    + " RocksDB batches, strict verification of statements and whole audits beside `openssl speed ed25519`, and national"
                    + " views right after an update.",
            "Each figure is the median of the rounds, with the smallest and the largest."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Ends with 2 if something could not be measured, after saying what.",
            "Example: samsyn bench verify --seconds 5 --rounds 7"
        })
final class BenchCommand implements Callable<Integer> {
    private static final int COULD_NOT_RUN = 2;
    private static final int MAX_MEMBERS = 21;
    private static final int MAX_YEARS = 20;
    private static final int MAX_ROWS = 5_000_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "WHAT",
            arity = "0..*",
            description = "What to measure, any of ${COMPLETION-CANDIDATES} (default: all).")
    private List<Part> parts = new ArrayList<>();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long one measurement takes (default: ${DEFAULT-VALUE}).",
            defaultValue = "2")
    private int seconds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each is measured (default: ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int rounds;

    @Option(
            names = "--under-way",
            paramLabel = "N",
            description = "Releases on their way into the log at a time (default: ${DEFAULT-VALUE}).",
            defaultValue = "128")
    private int underWay;

    @Option(
            names = "--releases",
            paramLabel = "N,N",
            split = ",",
            description = "How often each summary was released before views are asked for (default: ${DEFAULT-VALUE}).",
            defaultValue = "1,10,50")
    private List<Integer> releases = new ArrayList<>();

    @Option(
            names = "--members",
            paramLabel = "N",
            description = "Members of the network, at most 21 (default: ${DEFAULT-VALUE}).",
            defaultValue = "21")
    private int members;

    @Option(
            names = "--years",
            paramLabel = "N",
            description = "Years of summaries, at most 20 (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int years;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of everything that is random (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--openssl",
            paramLabel = "FILE",
            description = "The OpenSSL to compare with (default: ${DEFAULT-VALUE}).",
            defaultValue = "openssl")
    private String openssl = "openssl";

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Rows of the file that is imported (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000000")
    private int rows;

    @Option(
            names = "--postgres",
            paramLabel = "DIR",
            description = "The folder of PostgreSQL's initdb (default: the newest in /usr/lib/postgresql/*/bin).")
    private @Nullable Path postgres;

    @Option(
            names = "--duckdb",
            paramLabel = "JAR",
            description = "DuckDB's JDBC driver (org.duckdb:duckdb_jdbc), which is no part of this program.")
    private @Nullable Path duckdb;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the temporary stores are made, on the disk that is to be measured"
                    + " (default: the system's temporary folder).")
    private @Nullable Path directory;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private BenchFormat format = BenchFormat.table;

    enum Part {
        append,
        verify,
        audit,
        view,
        query,
        imports("import");

        private final String word;

        Part() {
            this.word = name();
        }

        Part(String word) {
            this.word = word;
        }

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return word;
        }
    }

    enum BenchFormat {
        table,
        json
    }

    @Override
    public Integer call() throws Exception {
        BenchPlan plan = plan();
        Machine machine = Machine.here();
        List<BenchReport> reports = new ArrayList<>();
        for (Part part : Part.values()) {
            if (parts.isEmpty() || parts.contains(part)) {
                reports.add(run(part, plan));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case json -> out.println(json(machine, reports).toPrettyString());
            case table -> printTable(out, machine, reports);
        }
        out.flush();
        boolean complete = true;
        for (BenchReport report : reports) {
            if (report.missing().isPresent()) {
                spec.commandLine()
                        .getErr()
                        .println("samsyn: bench " + report.name() + ": "
                                + report.missing().get());
                complete = false;
            }
        }
        return complete ? 0 : COULD_NOT_RUN;
    }

    private BenchPlan plan() {
        checkRange("--seconds", seconds, 3_600);
        checkRange("--rounds", rounds, 1_000);
        checkRange("--under-way", underWay, 1_024);
        checkRange("--members", members, MAX_MEMBERS);
        checkRange("--years", years, MAX_YEARS);
        checkRange("--rows", rows, MAX_ROWS);
        releases.forEach(number -> checkRange("--releases", number, 1_000));
        return new BenchPlan(seed, rounds, seconds, underWay, releases, members, years);
    }

    private void checkRange(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw new ParameterException(spec.commandLine(), option + " is " + value + ", expected 1 to " + max);
        }
    }

    private BenchReport run(Part part, BenchPlan plan) throws Exception {
        return switch (part) {
            case append -> inFolder(folder -> new AppendBench(plan, folder).run());
            case verify -> new VerifyBench(plan, openssl).run();
            case audit -> new AuditBench(plan, openssl).run();
            case view -> new ViewBench(plan).run();
            case query ->
                inFolder(folder -> new QueryBench(
                                plan, rows, folder, Optional.ofNullable(duckdb), Optional.ofNullable(postgres))
                        .run());
            case imports ->
                inFolder(folder -> new ImportBench(plan, rows, folder, Optional.ofNullable(postgres)).run());
        };
    }

    /** A benchmark that writes to a disk. */
    private interface OnDisk {
        BenchReport run(Path folder) throws Exception;
    }

    private BenchReport inFolder(OnDisk bench) throws Exception {
        Path folder = directory == null
                ? Files.createTempDirectory("samsyn-bench-")
                : Files.createTempDirectory(Files.createDirectories(directory), "samsyn-bench-");
        try {
            return bench.run(folder);
        } finally {
            Scratch.delete(folder);
        }
    }

    private String command() {
        return "samsyn "
                + String.join(
                        " ",
                        spec.commandLine().getParent() == null
                                ? List.of("bench")
                                : spec.commandLine()
                                        .getParent()
                                        .getParseResult()
                                        .originalArgs());
    }

    private void printTable(PrintWriter out, Machine machine, List<BenchReport> reports) {
        out.println(command());
        out.printf(
                Locale.ROOT,
                "%d cores, JDK %s, %s, load average %.2f before, seed %d%n",
                machine.cores(),
                machine.jdk(),
                machine.os(),
                machine.load(),
                seed);
        out.printf(Locale.ROOT, "%d rounds of %d s each%n", rounds, seconds);
        for (BenchReport report : reports) {
            out.printf(Locale.ROOT, "%n%s: %s%n", report.name(), report.setting());
            TextTable table = new TextTable(2, List.of("", "unit", "median", "min", "max", "goal"));
            for (Measured row : report.rows()) {
                Spread spread = row.spread();
                table.add(List.of(
                        row.what(),
                        row.unit(),
                        number(spread.median()),
                        number(spread.min()),
                        number(spread.max()),
                        row.goal().orElse("")));
            }
            table.print(out);
        }
    }

    /** Three digits, or all before the point. */
    private static String number(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private ObjectNode json(Machine machine, List<BenchReport> reports) {
        ObjectNode json = Json.object();
        json.put("command", command())
                .put("cores", machine.cores())
                .put("jdk", machine.jdk())
                .put("os", machine.os())
                .put("loadAverage", machine.load())
                .put("seed", seed)
                .put("rounds", rounds)
                .put("seconds", seconds);
        ArrayNode array = json.putArray("benchmarks");
        for (BenchReport report : reports) {
            ObjectNode one = array.addObject().put("name", report.name()).put("setting", report.setting());
            report.missing().ifPresent(missing -> one.put("missing", missing));
            ArrayNode rows = one.putArray("measured");
            for (Measured row : report.rows()) {
                ObjectNode measured = rows.addObject()
                        .put("what", row.what())
                        .put("unit", row.unit())
                        .put("median", row.spread().median())
                        .put("min", row.spread().min())
                        .put("max", row.spread().max());
                row.goal().ifPresent(goal -> measured.put("goal", goal));
            }
        }
        return json;
    }
}
