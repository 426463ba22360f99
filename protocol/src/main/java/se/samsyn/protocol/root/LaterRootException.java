package se.samsyn.protocol.root;

/** A log goes by a version of the federation root that is not known here yet: neither right nor wrong, until it is. */
public final class LaterRootException extends RuntimeException {
    LaterRootException(String message) {
        super(message);
    }
}
