package se.samsyn.node.store;

import java.nio.file.Path;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Why the database does not open, in the operator's words instead of the database's. */
final class OpenTrouble {
    private OpenTrouble() {}

    static String reason(RocksDBException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("lock hold by current process") || message.contains("While lock file")) {
            return message.contains("Permission denied")
                    ? "permission denied; check who owns it and who runs samsyn"
                    : "another process has it open. Is the node running already? Then stop it first, or leave it running";
        }
        if (message.contains("Permission denied")) {
            return "permission denied; check who owns it and who runs samsyn";
        }
        if (message.contains("No space left on device")) {
            return "the disk is full; make room and start again, nothing is lost";
        }
        if (message.contains("Read-only file system")) {
            return "the disk is read-only";
        }
        if (failure.getStatus() != null && failure.getStatus().getCode() == Status.Code.Corruption) {
            return "it is damaged (" + message + "); keep a copy of it and restore the node from a backup";
        }
        return message + ". Is the disk full, or the folder not a store?";
    }

    /** Insists that there is a store. */
    static void requireStore(Path directory) {
        if (!Store.exists(directory)) {
            throw new StoreException(
                    "there is no store in " + directory
                            + ". A new node makes one by `samsyn run --root FILE --root-hash HASH`; a node that had one must restore it");
        }
    }

    /** Insists that the store was written by a program that keeps things as this one does. */
    static void requireSchema(Path directory, Optional<String> found) {
        String expected = Long.toString(Columns.SCHEMA_VERSION);
        if (!found.equals(Optional.of(expected))) {
            throw new StoreException("the store in " + directory + " is of schema version " + found.orElse("none")
                    + ", this program keeps version " + expected
                    + ". Start the program that wrote it; or give this one an"
                    + " empty dataDirectory, restore with `samsyn restore --from-peers` and import the records again");
        }
    }
}
