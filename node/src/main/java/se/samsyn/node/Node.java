package se.samsyn.node;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.config.Address;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.key.KeyRing;
import se.samsyn.node.log.Sequencer;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.ops.BackupWorker;
import se.samsyn.node.ops.Backups;
import se.samsyn.node.release.Intake;
import se.samsyn.node.release.Releaser;
import se.samsyn.node.restore.Scrub;
import se.samsyn.node.root.RootKeeper;
import se.samsyn.node.store.Store;
import se.samsyn.node.view.PictureKeeper;
import se.samsyn.node.witness.RememberedNotes;

/**
 * A region's node from its start to its end. It works under the newest version of the federation root that it knows, and when it learns of
 * the next one, its parts are stopped and wired anew: a pause of a moment, in which nothing is lost.
 */
public final class Node implements AutoCloseable {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final long RETRY_SECONDS = 5;
    private static final Logger logger = LoggerFactory.getLogger(Node.class);

    private final NodeConfig config;
    private final Supplier<KeyRing> keys;
    private final Store store;
    private final RootKeeper roots;
    private final NetworkFiles files;
    private final BackupWorker backups;
    private final InstantSource clock;
    private final RememberedNotes remembered;
    private final ScheduledExecutorService changes;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile Wiring wiring;
    private volatile Wiring.Bound bound;
    private boolean closed;

    /**
     * Wires a node over an open store.
     *
     * @param keys reads the key file; again for each new version of the root, as a key may have been added for it
     * @param backups those of the store, which was opened with them
     * @throws NodeStartException if the definitions or the configuration do not go with the federation root
     */
    public Node(
            NodeConfig config,
            Supplier<KeyRing> keys,
            Store store,
            RootKeeper roots,
            NetworkFiles files,
            Backups backups,
            InstantSource clock) {
        this.config = config;
        this.keys = keys;
        this.store = store;
        this.roots = roots;
        this.files = files;
        this.backups = new BackupWorker(config.node(), backups, store);
        this.clock = clock;
        this.remembered = new RememberedNotes();
        this.changes = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "node-" + config.node()));
        this.wiring = wire();
        this.bound = new Wiring.Bound(config.peer(), config.user());
    }

    /**
     * Starts everything; on return both listeners are bound.
     *
     * @throws NodeStartException if a listener cannot bind
     */
    public synchronized void start() {
        bound = wiring.start(config.peer(), config.user());
        backups.start();
        logger.info("{} runs: peers at {}, users at {}", config.node(), bound.peer(), bound.user());
    }

    /** Done when the node was closed; fails if it cannot go on under a new version of the root. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /** The store, for tests that look into it or damage it. */
    Store store() {
        return store;
    }

    /** Where the peer listener is bound. */
    public Address peerAddress() {
        return bound.peer();
    }

    /** Where the user listener is bound. */
    public Address userAddress() {
        return bound.user();
    }

    /** The versions of the federation root. */
    public RootKeeper roots() {
        return roots;
    }

    /** The way in for records. */
    public Intake intake() {
        return wiring.member().intake();
    }

    /** Releases and retracts. */
    public Releaser releaser() {
        return wiring.member().releaser();
    }

    /** How many entries the node's own log has. */
    public long logSize() {
        return wiring.member().log().head().size();
    }

    /** Asks for no more cosignatures until the next start: the node goes on with all else, and what it has published grows stale. */
    public void stopPublishing() {
        wiring.member().publisher().close();
    }

    /** Tells whether all other members have cosigned the newest entry of the node's own log. */
    public boolean isFullyCosigned() {
        return wiring.member().publisher().isFullyCosigned();
    }

    /** The writer of the node's own log. */
    public Sequencer sequencer() {
        return wiring.member().sequencer();
    }

    /** Verifies the store again and again. */
    public Scrub scrub() {
        return wiring.member().scrub();
    }

    /** The national picture. */
    public PictureKeeper picture() {
        return wiring.picture();
    }

    /** Stops in the order in which nothing that was taken in is lost, and closes the store; once, however often it is called. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            wiring.close();
        }
        changes.shutdownNow();
        try {
            if (!changes.awaitTermination(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                logger.warn("{} did not stop within {}", config.node(), STOP_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        backups.close();
        store.close();
        ended.complete(null);
        logger.info("{} has stopped", config.node());
    }

    private Wiring wire() {
        Enrolment enrolment = Enrolment.of(roots.chain().newest(), config, keys.get(), files);
        enrolment.trouble().ifPresent(trouble -> logger.warn("{} {}", config.node(), trouble));
        return new Wiring(config, enrolment, store, roots, files, backups, clock, remembered, this::goOnUnderNewRoot);
    }

    private void goOnUnderNewRoot() {
        try {
            changes.execute(this::rewire);
        } catch (RejectedExecutionException e) {
            logger.debug("{} stops, and goes on under the new root when it is started again", config.node());
        }
    }

    private synchronized void rewire() {
        if (closed) {
            return;
        }
        long version = roots.chain().newest().version();
        logger.info("{} goes on under version {} of the federation root", config.node(), version);
        wiring.close();
        if (!wiring.isStopped()) {
            logger.error("{} still writes; it goes on under version {} when that is done", config.node(), version);
            // its failure is logged where it fails
            var unused = changes.schedule(this::rewire, RETRY_SECONDS, TimeUnit.SECONDS);
            return;
        }
        try {
            wiring = wire();
        } catch (RuntimeException e) {
            logger.error("{} cannot go on under version {} of the federation root", config.node(), version, e);
            ended.completeExceptionally(e);
            return;
        }
        try {
            bound = wiring.start(bound.peer(), bound.user());
        } catch (RuntimeException e) {
            // a port that was not given back yet, most likely
            logger.error("{} is started again in {} s: {}", config.node(), RETRY_SECONDS, e.getMessage(), e);
            // its failure is logged where it fails
            var unused = changes.schedule(this::rewire, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }
}
