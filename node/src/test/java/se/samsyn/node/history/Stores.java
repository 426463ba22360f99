package se.samsyn.node.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreIdentity;

/** Folders with stores: new ones are copies of one that was made once, since making one takes longer than most else. */
final class Stores implements AutoCloseable {
    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path folder;
    private int made;

    Stores() {
        try {
            folder = Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "samsyn-histories")
                    : Files.createTempDirectory("samsyn-histories");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder that is not there yet. */
    Path newPlace() {
        return folder.resolve(Integer.toString(made++));
    }

    /** The store of a node that has joined and has not run yet. */
    Path fresh(GeneratedNetwork network, String node) {
        Path template = folder.resolve("fresh-" + network.root().hash().toHex() + "-" + node);
        if (!Files.exists(template)) {
            StoreIdentity identity = new StoreIdentity(node, network.root().hash());
            try (Store store = Store.create(template, identity)) {
                store.write(
                        FailPoint.WRITE_ROOT,
                        batch -> batch.put(Columns.ROOT, 1L, network.rootNote().encode()));
            }
        }
        Path place = newPlace();
        copy(template, place);
        return place;
    }

    /** Copies the folder of a store that is closed. */
    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.toList()) {
                if (Files.isRegularFile(file) && !file.getFileName().toString().startsWith("LOG")) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path place) {
        if (!Files.exists(place)) {
            return;
        }
        try (Stream<Path> files = Files.walk(place)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        delete(folder);
    }
}
