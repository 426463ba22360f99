package se.samsyn.node.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.Copies;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.FailPoints;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.root.Scope;

/** A file that does not fit in what is held in memory is imported as a small one is: whole or not at all, with every fault named. */
final class LargeImportTest {
    private static final StoreIdentity IDENTITY = new StoreIdentity("test.example", Hash.sha256());
    private static final String HEADER =
            "item_id,trial_id,participant,home_region,study_region,date,category,amount_ore\n";
    private static final Scope SCOPE = new Scope(Set.of("12"));

    /** Less than any two records, so that nearly each row makes a run of its own, or all that there is. */
    private static final long FEW_BYTES = 500;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void keepsWhatASmallOneWould(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String first = file(rows(random, 300));
        String second = file(rows(random, 300));
        try (Store small = create("small");
                Store large = create("large")) {
            for (String file : List.of(first, second, first)) {
                ImportReport told =
                        imports(small, RecordSorter.MAX_HELD_LENGTH).importCsv(cost(), file.getBytes(UTF_8));
                ImportReport found = imports(large, FEW_BYTES).importCsv(cost(), file.getBytes(UTF_8));

                assertThat(found).as("seed %d", seed).isEqualTo(told);
                assertThat(dump(large)).as("seed %d", seed).isEqualTo(dump(small));
            }
        }
    }

    @Test
    void changesNothingTheSecondTime() {
        byte[] file = file(rows(new SplittableRandom(4), 200)).getBytes(UTF_8);
        try (Store store = create("store")) {
            ImportReport once = imports(store, FEW_BYTES).importCsv(cost(), file);
            ImportReport again = imports(store, FEW_BYTES).importCsv(cost(), file);

            assertThat(again.added() + again.changed()).isZero();
            assertThat(again.unchanged()).isEqualTo(once.added()).isPositive();
        }
    }

    @Test
    void keepsNothingOfAFileWithOneBadRowAndLeavesNoFilesBehind() throws IOException {
        List<String> rows = rows(new SplittableRandom(5), 200);
        rows.add("X,NCT01234567,P-1,14,12,2024-02-30,visit,100");
        try (Store store = create("store")) {
            assertThatThrownBy(() -> imports(store, FEW_BYTES)
                            .importCsv(cost(), file(rows).getBytes(UTF_8)))
                    .isInstanceOf(ImportRefusal.class);

            assertThat(dump(store)).isEmpty();
            assertThat(scratchFiles(folder.resolve("store"))).isEmpty();
        }
    }

    @Test
    void namesWhatContradictsEachOtherHoweverFarApartInTheOrderOfTheLines() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(row("K-" + i, 100));
        }
        rows.add(row("K-90", 101));
        rows.add(row("K-3", 100));
        rows.add(row("K-2", 102));
        rows.add("K-x,NCT01234567,P-1,14,12,yesterday,visit,100");
        try (Store store = create("store")) {
            ImportRefusal refusal = catchThrowableOfType(
                    ImportRefusal.class,
                    () -> imports(store, FEW_BYTES).importCsv(cost(), file(rows).getBytes(UTF_8)));

            assertThat(refusal.faults()).extracting(Fault::line).containsExactly(102L, 104L, 105L);
            assertThat(refusal.faults().get(0).toText()).contains("K-90").contains("the same content as on line 92");
            assertThat(refusal.faults().get(1).toText()).contains("K-2").contains("the same content as on line 4");
            assertThat(dump(store)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsAllOrNothingWhenItStopsAtTheWrite(boolean before) throws IOException {
        byte[] file = file(rows(new SplittableRandom(6), 200)).getBytes(UTF_8);
        create("store").close();
        FailPoints stopping = new FailPoints() {
            @Override
            public void before(FailPoint point) {
                stop(before && point == FailPoint.WRITE_RECORDS);
            }

            @Override
            public void after(FailPoint point) {
                stop(!before && point == FailPoint.WRITE_RECORDS);
            }

            private void stop(boolean now) {
                if (now) {
                    throw new IllegalStateException("stopped here");
                }
            }
        };
        try (Store store = Store.open(folder.resolve("store"), IDENTITY, stopping, Copies.NONE)) {
            assertThatThrownBy(() -> imports(store, FEW_BYTES).importCsv(cost(), file))
                    .hasMessage("stopped here");
        }
        // as a kill would leave it
        Files.createDirectories(folder.resolve("store/scratch/left"));
        Files.writeString(folder.resolve("store/scratch/left/upload"), "personal");

        try (Store store = Store.open(folder.resolve("store"), IDENTITY);
                Store whole = create("whole")) {
            imports(whole, FEW_BYTES).importCsv(cost(), file);
            assertThat(dump(store)).isEqualTo(before ? Map.of() : dump(whole));
            assertThat(scratchFiles(folder.resolve("store"))).isEmpty();
        }
    }

    @Test
    void readsAFileOnTheDiskAsOneInMemory() throws IOException {
        String csv = file(rows(new SplittableRandom(7), 200));
        Path file = Files.writeString(folder.resolve("cost-item.csv"), csv);
        try (Store fromDisk = create("disk");
                Store fromMemory = create("memory")) {
            ImportReport read = imports(fromDisk, FEW_BYTES).importCsv(cost(), file);

            assertThat(read).isEqualTo(imports(fromMemory, FEW_BYTES).importCsv(cost(), csv.getBytes(UTF_8)));
            assertThat(dump(fromDisk)).isEqualTo(dump(fromMemory));
        }
    }

    private static RecordKind cost() {
        return RecordKind.COST_ITEM;
    }

    /** With keys that come several times, in no order, at times with the same content. */
    private static List<String> rows(SplittableRandom random, int count) {
        Map<String, String> byKey = new TreeMap<>();
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String key = "K-" + random.nextInt(count);
            String row = row(key, 1 + random.nextInt(1000));
            byKey.putIfAbsent(key, row);
            rows.add(byKey.getOrDefault(key, row));
        }
        return rows;
    }

    private static String row(String key, int amountOre) {
        return key + ",NCT01234567,P-1,14,12,2024-02-29,visit," + amountOre;
    }

    private static String file(List<String> rows) {
        return HEADER + String.join("\n", rows) + "\n";
    }

    private Store create(String name) {
        return Store.create(folder.resolve(name), IDENTITY);
    }

    private static RecordImport imports(Store store, long maxHeldLength) {
        return new RecordImport(new RecordStore(store, SCOPE), NetworkFiles.shipped(), maxHeldLength);
    }

    private static Map<String, String> dump(Store store) {
        Map<String, String> dump = new TreeMap<>();
        store.forEach(Columns.COST_ITEM, (key, value) -> dump.put(key, new String(value, UTF_8)));
        return dump;
    }

    private static List<Path> scratchFiles(Path store) throws IOException {
        Path scratch = store.resolve("scratch");
        if (!Files.exists(scratch)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(scratch)) {
            return files.toList();
        }
    }
}
