package se.samsyn.node;

/** A node cannot start; the message says what is missing or wrong, and what to do. */
public final class NodeStartException extends RuntimeException {
    public NodeStartException(String message) {
        super(message);
    }

    public NodeStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
