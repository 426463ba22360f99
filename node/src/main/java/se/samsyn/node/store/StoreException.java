package se.samsyn.node.store;

import org.jspecify.annotations.Nullable;

/** The database cannot be opened, read or written; the message says what the operator can do. Nothing was half-written. */
public final class StoreException extends RuntimeException {
    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
