package se.samsyn.node.log;

/** The log takes nothing in just now, because its queue is full or the node is stopping; the same again later may be taken. */
public final class BusyException extends IllegalStateException {
    BusyException(String message) {
        super(message);
    }
}
