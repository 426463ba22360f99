package se.samsyn.node.ops;

import org.jspecify.annotations.Nullable;

/** No backup was made, or an old one could not be taken away; the message says what the operator can do. */
public final class BackupException extends RuntimeException {
    public BackupException(String message) {
        super(message);
    }

    public BackupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
