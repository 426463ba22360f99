package se.samsyn.node.setup;

/** A file of a node's setup cannot be made or read; the message says which and what to do. */
public final class SetupException extends RuntimeException {
    public SetupException(String message) {
        super(message);
    }

    public SetupException(String message, Throwable cause) {
        super(message, cause);
    }
}
