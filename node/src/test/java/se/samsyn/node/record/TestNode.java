package se.samsyn.node.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.root.Scope;

/** A store of its own in a temporary folder, with what imports into it and reads from it. */
final class TestNode implements AutoCloseable {
    private final Path folder;
    final Store store;
    final RecordStore records;
    final RecordImport imports;

    private TestNode(Scope scope) {
        try {
            folder = Files.createTempDirectory("samsyn-records");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        store = Store.create(folder.resolve("store"), new StoreIdentity("test.example", Hash.sha256()));
        records = new RecordStore(store, scope);
        imports = new RecordImport(records, NetworkFiles.shipped());
    }

    /** A node whose scope is these places. */
    static TestNode covering(String... places) {
        return new TestNode(new Scope(Set.of(places)));
    }

    ImportReport importCsv(RecordKind kind, String csv) {
        return imports.importCsv(kind, csv.getBytes(UTF_8));
    }

    DocumentReport importDocument(String json) {
        return imports.importDocuments("study.json", json.getBytes(UTF_8));
    }

    List<SourceRecord> scan(RecordKind kind) {
        return scan(kind.wireName());
    }

    /** @param recordKind as in a dataset definition */
    List<SourceRecord> scan(String recordKind) {
        List<SourceRecord> found = new ArrayList<>();
        records.scan(recordKind, found::add);
        return found;
    }

    @Override
    public void close() {
        store.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
