package se.samsyn.node.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import se.samsyn.node.FileTrouble;

/**
 * A folder for files that live no longer than what they are made for, such as an upload while it is imported. Only the node's own user can
 * read them. What a kill leaves there is gone with the next opening, so nothing personal stays.
 */
public final class Scratch {
    private static final String NAME = "scratch";
    private static final String PREFIX = "samsyn-";
    private static final String ONLY_OWN = "rwx------";

    private final Path directory;

    /** The one of a store, on the disk of the database. */
    public static Scratch of(Store store) {
        return new Scratch(store.directory.resolve(NAME));
    }

    /** The system's folder for temporary files, where nothing is cleared away. */
    public static Scratch ofSystem() {
        return new Scratch(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** @param directory is made with the first file */
    private Scratch(Path directory) {
        this.directory = directory;
    }

    /**
     * A folder of its own, empty; whoever asks for it deletes it.
     *
     * @throws StoreException if it cannot be made
     */
    public Path newDirectory() {
        try {
            if (!Files.exists(directory)) {
                Files.createDirectories(directory);
                if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(ONLY_OWN));
                }
            }
            // the platform gives such folders to their owner alone
            return Files.createTempDirectory(directory, PREFIX);
        } catch (IOException e) {
            throw new StoreException("cannot make a folder in " + directory + ": " + FileTrouble.reason(e), e);
        }
    }

    /**
     * Deletes everything, the folder too.
     *
     * @throws StoreException if it cannot be deleted
     */
    void clear() {
        delete(directory);
    }

    /**
     * Deletes a folder with all that it holds; nothing if it is not there.
     *
     * @throws StoreException if it cannot be deleted
     */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new StoreException(
                    "cannot delete " + folder + ": " + FileTrouble.reason(e) + "; delete it by hand", e);
        }
    }
}
