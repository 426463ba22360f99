package se.samsyn.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.config.Address;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.http.PeerListener;
import se.samsyn.node.http.UserListener;
import se.samsyn.node.key.NodeKeys;
import se.samsyn.node.log.CheckpointPublisher;
import se.samsyn.node.log.Sequencer;
import se.samsyn.node.log.SigningGate;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.mirror.MirrorSet;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.peer.PeerTls;
import se.samsyn.node.peer.Peers;
import se.samsyn.node.peer.Refusals;
import se.samsyn.node.record.RecordImport;
import se.samsyn.node.record.RecordStore;
import se.samsyn.node.release.Intake;
import se.samsyn.node.release.Releaser;
import se.samsyn.node.restore.CatchUp;
import se.samsyn.node.restore.Scrub;
import se.samsyn.node.restore.StoreRepair;
import se.samsyn.node.store.Store;
import se.samsyn.node.view.PictureKeeper;
import se.samsyn.node.witness.Witness;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;

/** A region's node: all its parts, wired by constructor, started and stopped in their order. */
public final class Node implements AutoCloseable {
    private static final int READERS = 4;
    private static final int WITNESSES = 8;
    private static final long EVENT_LOOP_WARNING_SECONDS = 10;
    private static final long RELEASE_INTERVAL_MILLIS = TimeUnit.HOURS.toMillis(1);
    private static final long START_TIMEOUT_SECONDS = 30;
    private static final long STOP_TIMEOUT_SECONDS = 10;
    private static final Logger logger = LoggerFactory.getLogger(Node.class);

    private final NodeConfig config;
    private final NodeKeys keys;
    private final Store store;
    private final StoredLog ownLog;
    private final Vertx vertx;
    private final WorkerExecutor writers;
    private final Peers peers;
    private final Sequencer sequencer;
    private final SigningGate gate;
    private final Scrub scrub;
    private final CheckpointPublisher publisher;
    private final MirrorSet mirrors;
    private final PictureKeeper picture;
    private final Releaser releaser;
    private final Intake intake;
    private final PeerListener peerListener;
    private final UserListener userListener;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Address peerAddress;
    private Address userAddress;

    /**
     * Wires a node over an open store.
     *
     * @throws NodeStartException if the federation root does not know the node by these keys, or not these definitions
     */
    public Node(
            NodeConfig config,
            NodeKeys keys,
            Store store,
            FederationRoot root,
            NetworkFiles files,
            InstantSource clock) {
        this.config = config;
        this.keys = keys;
        this.store = store;
        Member self = Enrolment.check(root, config.node(), keys);
        List<DatasetDefinition> definitions = Enrolment.definitions(root, files);
        Enrolment.checkReleaseRules(config, definitions);
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS)
                .setMaxEventLoopExecuteTime(EVENT_LOOP_WARNING_SECONDS));
        WorkerExecutor readers = vertx.createSharedWorkerExecutor("reader-" + config.node(), READERS);
        WorkerExecutor witnesses = vertx.createSharedWorkerExecutor("witness-" + config.node(), WITNESSES);
        writers = vertx.createSharedWorkerExecutor("writer-" + config.node(), 1);
        peers = new Peers(vertx, new PeerTls(keys.tls()), root, config.node());

        Map<String, StoredLog> logs = new TreeMap<>();
        ownLog = new StoredLog(store, config.node());
        logs.put(config.node(), ownLog);
        root.members().forEach(member -> logs.putIfAbsent(member.node(), new StoredLog(store, member.node())));

        picture = new PictureKeeper(root, definitions, logs.values(), config.node());
        Refusals refusals = new Refusals(clock);
        publisher = new CheckpointPublisher(store, ownLog, root, clock, refusals, picture::published);
        sequencer = new Sequencer(store, ownLog, keys.log(), publisher::publish);
        mirrors = new MirrorSet(
                store, root, peers, config.node(), clock, config.pollMillis(), refusals, picture::published);
        gate = new SigningGate(
                store, sequencer, ownLog, self.logKeys(), peers.all(), root.quorum(), new CatchUp(root, mirrors));
        Witness witness = new Witness(store, mirrors, root, keys.witness(), clock);
        witness.pauseWhile(gate::whyNotCosigning);

        RecordStore records = new RecordStore(store, self.scope());
        releaser = new Releaser(
                ownLog, sequencer, root, keys.publisher(), records, config.minimumPersons(), clock, store.failPoints());
        intake = new Intake(
                new RecordImport(records, files),
                releaser,
                definitions,
                config.automaticRelease(),
                config.heldPeriods());
        scrub = new Scrub(
                store,
                config.node(),
                gate,
                new StoreRepair(store, root, peers, sequencer, mirrors, clock),
                clock,
                config.scrubHours());
        NodeStatus status =
                new NodeStatus(config.node(), root, logs.values(), mirrors, publisher, gate, scrub, refusals, clock);
        peerListener =
                new PeerListener(vertx, readers, witnesses, store, witness, logs, peers, refusals, this::heardOf);
        userListener = new UserListener(
                vertx, readers, writers, picture, intake, status, definitions, logs, config.tokens(), clock);
        peerAddress = config.peer();
        userAddress = config.user();
    }

    /**
     * Starts everything; on return both listeners are bound.
     *
     * @throws NodeStartException if a listener cannot bind
     */
    public void start() {
        gate.remember();
        // before anybody can append anything else: every log begins with the root that it is kept under
        sequencer.start();
        releaser.acceptRoot();
        peerAddress = bind(
                "peer",
                config.peer(),
                peerListener.start(new PeerTls(keys.tls()).serverOptions(peers::pins), config.peer()));
        userAddress = bind("user", config.user(), userListener.start(config.user()));
        publisher.start(peers.all());
        mirrors.start();
        gate.start();
        scrub.start();
        releaseAgain();
        vertx.setPeriodic(RELEASE_INTERVAL_MILLIS, timer -> releaseAgain());
        logger.info("{} runs: peers at {}, users at {}", config.node(), peerAddress, userAddress);
    }

    /** The store, for tests that look into it or damage it. */
    Store store() {
        return store;
    }

    /** Where the peer listener is bound. */
    public Address peerAddress() {
        return peerAddress;
    }

    /** Where the user listener is bound. */
    public Address userAddress() {
        return userAddress;
    }

    /** The way in for records. */
    public Intake intake() {
        return intake;
    }

    /** Releases and retracts. */
    public Releaser releaser() {
        return releaser;
    }

    /** How many entries the node's own log has. */
    public long logSize() {
        return ownLog.head().size();
    }

    /** Asks for no more cosignatures until the next start: the node goes on with all else, and what it has published grows stale. */
    public void stopPublishing() {
        publisher.close();
    }

    /** Tells whether all other members have cosigned the newest entry of the node's own log. */
    public boolean isFullyCosigned() {
        return publisher.isFullyCosigned();
    }

    /** The writer of the node's own log. */
    public Sequencer sequencer() {
        return sequencer;
    }

    /** Verifies the store again and again. */
    public Scrub scrub() {
        return scrub;
    }

    /** The national picture. */
    public PictureKeeper picture() {
        return picture;
    }

    /** Stops in the order in which nothing that was taken in is lost, and closes the store; once, however often it is called. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        settle(userListener.stop(), "user listener");
        settle(peerListener.stop(), "peer listener");
        scrub.close();
        gate.close();
        publisher.close();
        mirrors.close();
        sequencer.close();
        picture.close();
        peers.close();
        settle(vertx.close(), "event loops");
        store.close();
        logger.info("{} has stopped", config.node());
    }

    private void heardOf(String peer) {
        publisher.heardOf(peer);
        mirrors.heardOf(peer);
    }

    /** Periods end and corrections add up while nobody imports anything. */
    private void releaseAgain() {
        writers.executeBlocking(intake::releaseAgain, true)
                .onFailure(failure -> logger.error("the release by rule failed: {}", failure.getMessage(), failure));
    }

    private static Address bind(String listener, Address address, Future<Address> bound) {
        try {
            return bound.toCompletionStage().toCompletableFuture().get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new NodeStartException(
                    "the " + listener + " listener cannot bind to " + address + ": "
                            + bindTrouble(listener, e.getCause()),
                    e);
        } catch (TimeoutException e) {
            throw new NodeStartException("the " + listener + " listener did not bind to " + address + " in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeStartException("interrupted while binding to " + address, e);
        }
    }

    private static String bindTrouble(String listener, @Nullable Throwable cause) {
        String message = cause == null ? "" : String.valueOf(cause.getMessage());
        if (message.contains("in use")) {
            return "another process uses the port. Is this node running already? Else stop the other process, or set "
                    + listener + ".port in the configuration to a free one";
        }
        if (message.contains("assign requested address")) {
            return "this machine has no such address; set " + listener
                    + ".host in the configuration to one that it has";
        }
        if (message.contains("ermission denied")) {
            return "permission denied: ports below 1024 are for processes with privileges; set " + listener
                    + ".port in the configuration to a higher one";
        }
        return message + "; check " + listener + ".host and " + listener + ".port in the configuration";
    }

    private static void settle(Future<Void> stopping, String what) {
        try {
            stopping.toCompletionStage().toCompletableFuture().get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            logger.warn("the {} did not stop in order: {}", what, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
