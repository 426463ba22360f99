package se.samsyn.node.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import se.samsyn.node.FileTrouble;
import se.samsyn.protocol.Hash;

/** A copy of an open database as it is at one moment, in a folder of its own. */
final class StoreCopy {
    private StoreCopy() {}

    /** Makes it: files that never change are linked where they are on the same disk, the others are copied. */
    static void make(RocksDB database, Path target) {
        try (Checkpoint checkpoint = Checkpoint.create(database)) {
            checkpoint.createCheckpoint(target.toString());
        } catch (RocksDBException e) {
            throw new StoreException("cannot copy the store to " + target + ": " + reason(e), e);
        }
    }

    /** Has the copy remember what it is, and returns once all of it is on the disk. */
    static void finish(StoreReader original, Path target, String why) {
        StoreIdentity identity = new StoreIdentity(original.node(), Hash.parseHex(original.network()));
        try (Store copy = Store.open(target, identity)) {
            copy.write(FailPoint.WRITE_MARK, batch -> batch.mark(StoreMark.RESTORED, why));
        }
        sync(target);
    }

    private static void sync(Path target) {
        try (Stream<Path> files = Files.walk(target)) {
            for (Path file : files.toList()) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        } catch (IOException e) {
            throw new StoreException(
                    "cannot bring the copy of the store in " + target + " to the disk: " + FileTrouble.reason(e), e);
        }
    }

    private static String reason(RocksDBException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("No space left on device")) {
            return "the disk is full; make room there";
        }
        return message.contains("Permission denied")
                ? "permission denied; check who owns the folder and who runs samsyn"
                : message;
    }
}
