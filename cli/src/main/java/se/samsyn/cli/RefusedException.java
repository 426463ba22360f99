package se.samsyn.cli;

/** A node refused what it was asked; the message is its explanation. Exit code 1. */
final class RefusedException extends RuntimeException {
    RefusedException(String message) {
        super(message);
    }
}
