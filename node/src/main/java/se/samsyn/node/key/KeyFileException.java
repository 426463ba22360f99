package se.samsyn.node.key;

/** A key file cannot be made or opened; the message says which and what to check, and never holds a secret. */
public final class KeyFileException extends RuntimeException {
    KeyFileException(String message) {
        super(message);
    }

    KeyFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
