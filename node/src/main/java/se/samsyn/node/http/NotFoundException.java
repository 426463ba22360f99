package se.samsyn.node.http;

/** A path names something that is not there; the message says what is. */
final class NotFoundException extends RuntimeException {
    NotFoundException(String message) {
        super(message);
    }

    NotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
