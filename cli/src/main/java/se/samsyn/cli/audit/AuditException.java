package se.samsyn.cli.audit;

/** Something is missing or unreadable, so that nothing could be verified or refuted. */
public final class AuditException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuditException(String message) {
        super(message);
    }

    AuditException(String message, Throwable cause) {
        super(message, cause);
    }
}
