package se.samsyn.cli;

/** A node could not be asked, or could not answer. Exit code 2. */
public final class ApiException extends RuntimeException {
    public ApiException(String message) {
        super(message);
    }

    public ApiException(String message, Throwable cause) {
        super(message, cause);
    }
}
