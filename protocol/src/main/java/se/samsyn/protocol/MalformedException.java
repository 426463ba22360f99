package se.samsyn.protocol;

/** Refuses bytes or text that no encoder of this project would produce; the message says what, where, and what was expected. */
public final class MalformedException extends RuntimeException {
    public MalformedException(String message) {
        super(message);
    }

    public MalformedException(String message, Throwable cause) {
        super(message, cause);
    }
}
