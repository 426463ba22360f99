package se.samsyn.node.log;

/** Nothing is taken in just now, because a queue is full or the node is stopping; the same again later may be taken. */
public final class BusyException extends IllegalStateException {
    public BusyException(String message) {
        super(message);
    }
}
