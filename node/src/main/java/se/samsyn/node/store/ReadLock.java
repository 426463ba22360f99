package se.samsyn.node.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Shares the lock that a writer needs for itself, so that no node starts while somebody looks; the file itself is not changed. */
final class ReadLock implements AutoCloseable {
    /** What RocksDB locks while a process writes to the store. */
    private static final String LOCK_FILE = "LOCK";

    /** Directories of the stores that this process has open: a process's own locks do not stop itself. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private ReadLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** Tells that this process writes to a store from now on. */
    static void opened(Path directory) {
        OPEN.add(directory.toAbsolutePath().normalize());
    }

    /** Tells that this process does not write to a store any more. */
    static void closed(Path directory) {
        OPEN.remove(directory.toAbsolutePath().normalize());
    }

    /**
     * Takes the lock; there is none to take where no process ever had the store open.
     *
     * @throws StoreException if a running process uses the store
     */
    static Optional<ReadLock> of(Path directory) {
        if (OPEN.contains(directory.toAbsolutePath().normalize())) {
            // before the lock file is opened: closing it would end the lock that this process has
            throw inUse(directory, null);
        }
        try {
            FileChannel channel = FileChannel.open(directory.resolve(LOCK_FILE), StandardOpenOption.READ);
            try {
                if (channel.tryLock(0, Long.MAX_VALUE, true) != null) {
                    return Optional.of(new ReadLock(directory, channel));
                }
                channel.close();
                throw inUse(directory, null);
            } catch (OverlappingFileLockException e) {
                channel.close();
                throw inUse(directory, e);
            }
        } catch (NoSuchFileException e) {
            // as a backup may leave it; nobody has it open
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreException(
                    "cannot tell whether the store in " + directory + " is in use: " + e
                            + ". Look at it as the user that the node runs as",
                    e);
        }
    }

    private static StoreException inUse(Path directory, @Nullable Throwable cause) {
        return new StoreException(
                "the store in " + directory + " is in use by a running process; stop the node first", cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StoreException("cannot unlock the store in " + directory + ": " + e, e);
        }
    }
}
