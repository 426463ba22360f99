package se.samsyn.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import se.samsyn.cli.bench.PostgresServer.NotThereException;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.record.ImportReport;
import se.samsyn.node.record.RecordImport;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.record.RecordStore;
import se.samsyn.node.store.Scratch;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.node.tabulate.Tabulator;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.root.Scope;

/**
 * Imports of invented cost items into an empty store, as a node does them with all checks, beside PostgreSQL's COPY of the same file; and
 * what both a short and a long file take of the heap, while they are imported and while they are tabulated.
 */
public final class ImportBench {
    private static final double MILLIS_A_SECOND = 1e3;
    private static final double NANOS = 1e9;
    private static final int SHORTER = 10;
    private static final String MEBIBYTES = "MiB";

    private final BenchPlan plan;
    private final int rows;
    private final Path folder;
    private final Optional<Path> postgres;
    private final DatasetDefinition costs = BenchNetwork.shipped("costs");
    private int stores;

    private final List<Double> imports = new ArrayList<>();
    private final List<Double> tabulations = new ArrayList<>();
    private final List<Double> copies = new ArrayList<>();
    private final List<Double> keyedCopies = new ArrayList<>();

    /**
     * @param rows of the file
     * @param folder an empty one on the disk that is to be measured
     * @param postgres the folder of its programs, if it is not where Debian has it
     */
    public ImportBench(BenchPlan plan, int rows, Path folder, Optional<Path> postgres) {
        this.plan = plan;
        this.rows = rows;
        this.folder = folder;
        this.postgres = postgres;
    }

    /** What is done with a store that is empty but for the trials. */
    private interface Work {
        void run(RecordStore records, RecordImport imports) throws Exception;
    }

    /** Measures; without PostgreSQL, what there is without it. */
    public BenchReport run() throws Exception {
        Path file = folder.resolve("cost-item.csv");
        Path shorter = folder.resolve("cost-item-short.csv");
        SyntheticItems items = new SyntheticItems(plan.seed());
        items.write(file, rows);
        items.write(shorter, Math.max(1, rows / SHORTER));
        inEmptyStore((records, imports) -> time(shorter, records, imports)); // until it is compiled
        imports.clear();
        tabulations.clear();
        String server = "";
        Optional<String> missing = Optional.empty();
        try (PostgresServer other = PostgresServer.start(postgres, folder.resolve("postgres"))) {
            server = other.version();
            for (int round = 0; round < plan.rounds(); round++) {
                inEmptyStore((records, imports) -> time(file, records, imports));
                copies.add(copy(other, file, ""));
                keyedCopies.add(copy(other, file, " PRIMARY KEY"));
            }
        } catch (NotThereException e) {
            missing = Optional.of("no ratio to COPY: " + e.getMessage());
            while (imports.size() < plan.rounds()) {
                inEmptyStore((records, imports) -> time(file, records, imports));
            }
        }
        List<Measured> measured = new ArrayList<>(speed());
        measured.addAll(memory(file, shorter));
        String setting = String.format(
                Locale.ROOT,
                "%,d invented cost items, %,d bytes, into an empty store, synced%s; heap in use at the most after"
                        + " collections, less what is in use before; in %s",
                rows,
                Files.size(file),
                server.isEmpty()
                        ? ""
                        : "; beside " + server + " as it comes, COPY from the same file in one transaction",
                folder);
        return new BenchReport("import", setting, measured, missing);
    }

    private List<Measured> speed() {
        List<Measured> measured = new ArrayList<>();
        measured.add(Measured.of("rows imported", Measured.PER_SECOND, Spread.of(imports)));
        measured.add(Measured.of("rows tabulated", Measured.PER_SECOND, Spread.of(tabulations)));
        if (copies.size() == imports.size()) {
            measured.add(Measured.of("COPY", Measured.PER_SECOND, Spread.of(copies)));
            measured.add(Measured.of("COPY, with a primary key", Measured.PER_SECOND, Spread.of(keyedCopies)));
            measured.add(Measured.of("import / COPY", Measured.RATIO, Spread.of(ratios(imports, copies)))
                    .withGoal("at least 0.3"));
            measured.add(Measured.of(
                    "import / COPY, with a primary key", Measured.RATIO, Spread.of(ratios(imports, keyedCopies))));
        }
        return measured;
    }

    /** The heap, once each: the same work takes the same. */
    private List<Measured> memory(Path file, Path shorter) throws Exception {
        List<Measured> measured = new ArrayList<>();
        List<Double> importing = new ArrayList<>();
        List<Double> tabulating = new ArrayList<>();
        for (Path each : List.of(shorter, file)) {
            inEmptyStore((records, imports) -> {
                importing.add(LiveHeap.peakOf(() -> imports.importCsv(RecordKind.COST_ITEM, each)));
                tabulating.add(LiveHeap.peakOf(() -> new Tabulator().tabulate(costs, records)));
            });
        }
        List<String> of = List.of(rows / SHORTER + " rows", rows + " rows");
        for (int i = 0; i < of.size(); i++) {
            measured.add(Measured.of("heap, import of " + of.get(i), MEBIBYTES, Spread.of(List.of(importing.get(i)))));
        }
        for (int i = 0; i < of.size(); i++) {
            measured.add(Measured.of("heap, tables of " + of.get(i), MEBIBYTES, Spread.of(List.of(tabulating.get(i)))));
        }
        return measured;
    }

    private void time(Path file, RecordStore records, RecordImport into) {
        long start = System.nanoTime();
        ImportReport report = into.importCsv(RecordKind.COST_ITEM, file);
        long imported = System.nanoTime();
        if (report.added() != report.rows() || !report.warnings().isEmpty()) {
            throw new IllegalStateException("not all rows were imported: " + report.toText());
        }
        imports.add(report.rows() * NANOS / (imported - start));
        long tabulating = System.nanoTime();
        if (new Tabulator().tabulate(costs, records).isEmpty()) {
            throw new IllegalStateException("there is nothing in the tables");
        }
        tabulations.add(report.rows() * NANOS / (System.nanoTime() - tabulating));
    }

    private double copy(PostgresServer server, Path file, String key)
            throws NotThereException, IOException, InterruptedException {
        List<Double> millis = server.run(
                "DROP TABLE IF EXISTS item",
                "CREATE TABLE item (item_id text" + key
                        + ", trial_id text, participant text, home_region text, study_region text, date date, category text,"
                        + " bearer text, amount_ore bigint, invoice text, invoice_state text, source text)",
                "CHECKPOINT",
                "COPY item FROM '" + file + "' WITH (FORMAT csv, HEADER true)");
        return rows * MILLIS_A_SECOND / millis.get(millis.size() - 1);
    }

    private void inEmptyStore(Work work) throws Exception {
        Path directory = folder.resolve("store-" + stores++);
        try (Store store = Store.create(directory, new StoreIdentity("bench.example", Hash.sha256()))) {
            RecordStore records = new RecordStore(store, new Scope(Set.of(SyntheticItems.place())));
            RecordImport into = new RecordImport(records, NetworkFiles.shipped());
            into.importCsv(RecordKind.TRIAL, SyntheticItems.trials());
            work.run(records, into);
        } finally {
            Scratch.delete(directory);
        }
    }

    private static List<Double> ratios(List<Double> over, List<Double> under) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < over.size(); i++) {
            ratios.add(over.get(i) / under.get(i));
        }
        return ratios;
    }
}
