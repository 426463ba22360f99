package se.samsyn.node.root;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.peer.PeerClient;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.peer.PeerResponse;
import se.samsyn.node.peer.Refusals;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignedNote;

/**
 * Asks the peers for the next version of the federation root, one after the other and one version after the other: who was away catches up
 * in order. It ends with the first one that is taken, as the node is then wired anew.
 */
public final class RootFollower implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(RootFollower.class);

    private final RootKeeper keeper;
    private final List<PeerClient> peers;
    private final int pollMillis;
    private final Refusals refusals;
    private final Runnable onAccepted;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private int next;

    /**
     * Makes the follower; it starts with {@link #start}.
     *
     * @param pollMillis between two questions
     * @param refusals is told who served what is no next version
     * @param onAccepted is told that the keeper has a newer version; must return at once
     */
    public RootFollower(
            String self,
            RootKeeper keeper,
            List<PeerClient> peers,
            int pollMillis,
            Refusals refusals,
            Runnable onAccepted) {
        this.keeper = keeper;
        this.peers = List.copyOf(peers);
        this.pollMillis = pollMillis;
        this.refusals = refusals;
        this.onAccepted = onAccepted;
        this.thread = new Thread(this::run, "root-follower-" + self);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        stopped.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean accepted = false;
            while (!accepted && !peers.isEmpty() && !stopped.await(pollMillis, TimeUnit.MILLISECONDS)) {
                accepted = turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the next peer once; true if it gave a version that counts from now on. */
    public boolean turn() {
        boolean accepted = hasNext(peers.get(next++ % peers.size()));
        if (accepted) {
            onAccepted.run();
        }
        return accepted;
    }

    private boolean hasNext(PeerClient peer) {
        long version = keeper.chain().newest().version() + 1;
        try {
            PeerResponse answer = peer.get("/root/" + version, SignedNote.MAX_LENGTH);
            if (answer.isOk()) {
                return keeper.accept(SignedNote.parse(answer.body()));
            }
        } catch (MalformedException | RefutedException e) {
            refusals.count(peer.node(), "version " + version + " of the federation root: " + e.getMessage());
        } catch (PeerException e) {
            logger.debug("{} was not asked for version {} of the root: {}", peer.node(), version, e.getMessage());
        } catch (RuntimeException e) {
            logger.error("version {} of the root could not be taken from {}", version, peer.node(), e);
        }
        return false;
    }
}
