package se.samsyn.node.peer;

/** One peer, to be asked. Calls block until the answer is there or its time is up: never on an event loop. */
public interface PeerClient extends AutoCloseable {
    /** The peer's node name. */
    String node();

    /**
     * Gets what is at a path.
     *
     * @param maxLength of the body, in bytes; a longer answer is refused
     * @throws PeerException if there is no answer in time, or it is too long
     */
    PeerResponse get(String path, int maxLength);

    /**
     * Posts a body to a path.
     *
     * @param maxLength of the answer's body, in bytes; a longer answer is refused
     * @throws PeerException if there is no answer in time, or it is too long
     */
    PeerResponse post(String path, byte[] body, int maxLength);

    /** Gives back its connections. */
    @Override
    void close();
}
