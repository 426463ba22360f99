package se.samsyn.node.http;

/** Records were imported and are kept, and the release that was to follow failed for the reason that is the cause. */
final class KeptException extends RuntimeException {
    private final RuntimeException reason;

    KeptException(String message, RuntimeException reason) {
        super(message, reason);
        this.reason = reason;
    }

    RuntimeException reason() {
        return reason;
    }
}
