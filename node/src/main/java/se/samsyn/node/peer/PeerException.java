package se.samsyn.node.peer;

/** A peer could not be reached, did not answer in time, or answered with too much; trying again later may help. */
public final class PeerException extends RuntimeException {
    public PeerException(String message) {
        super(message);
    }

    public PeerException(String message, Throwable cause) {
        super(message, cause);
    }
}
