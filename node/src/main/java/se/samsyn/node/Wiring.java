package se.samsyn.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.config.Address;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.http.PeerListener;
import se.samsyn.node.http.UserListener;
import se.samsyn.node.log.AcceptedRoots;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.mirror.MirrorSet;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.ops.BackupWorker;
import se.samsyn.node.peer.PeerTls;
import se.samsyn.node.peer.Peers;
import se.samsyn.node.release.Intake;
import se.samsyn.node.root.RootFollower;
import se.samsyn.node.root.RootKeeper;
import se.samsyn.node.store.Store;
import se.samsyn.node.view.PictureKeeper;
import se.samsyn.node.witness.EvidenceKeeper;
import se.samsyn.node.witness.RememberedNotes;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootChain;

/**
 * All parts of a node, wired by constructor for what the federation root says now, started and stopped in their order. No part has to cope
 * with another root under its feet: a new version gets a new wiring over the same store.
 */
final class Wiring implements AutoCloseable {
    private static final int READERS = 4;
    private static final int WITNESSES = 8;
    private static final long EVENT_LOOP_WARNING_SECONDS = 10;
    private static final long RELEASE_INTERVAL_MILLIS = TimeUnit.HOURS.toMillis(1);
    private static final long STOP_TIMEOUT_SECONDS = 10;
    private static final Logger logger = LoggerFactory.getLogger(Wiring.class);

    private final NodeConfig config;
    private final Enrolment enrolment;
    private final Vertx vertx;
    private final WorkerExecutor writers;
    private final Peers peers;
    private final EvidenceKeeper evidence;
    private final MirrorSet mirrors;
    private final PictureKeeper picture;
    private final Optional<MemberParts> member;
    private final RootFollower follower;
    private final PeerListener peerListener;
    private final UserListener userListener;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Wires a node over an open store.
     *
     * @param backups makes those of the store
     * @param remembered checkpoints that an earlier wiring could not judge
     * @param onNewRoot is told that the keeper has a newer version of the root; must return at once
     * @throws NodeStartException if the definitions here are not those of the root
     */
    Wiring(
            NodeConfig config,
            Enrolment enrolment,
            Store store,
            RootKeeper roots,
            NetworkFiles files,
            BackupWorker backups,
            InstantSource clock,
            RememberedNotes remembered,
            Runnable onNewRoot) {
        this.config = config;
        RootChain chain = roots.chain();
        FederationRoot root = chain.newest();
        String self = config.node();
        this.enrolment = NodeParts.judged(enrolment, new AcceptedRoots(new StoredLog(store, self), chain));
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS)
                .setMaxEventLoopExecuteTime(EVENT_LOOP_WARNING_SECONDS));
        WorkerExecutor readers = vertx.createSharedWorkerExecutor("reader-" + self, READERS);
        WorkerExecutor witnesses = vertx.createSharedWorkerExecutor("witness-" + self, WITNESSES);
        writers = vertx.createSharedWorkerExecutor("writer-" + self, 1);
        peers = new Peers(vertx, new PeerTls(enrolment.tls()), root, self);

        NodeParts parts = new NodeParts(
                config, this.enrolment, store, roots, files, Machine.real(clock), peers, remembered, onNewRoot);
        evidence = parts.evidence();
        picture = parts.picture();
        mirrors = parts.mirrors();
        member = parts.member();
        follower = parts.follower();
        List<AcceptedRoots> current = root.members().stream()
                .map(each -> new AcceptedRoots(new StoredLog(store, each.node()), chain))
                .toList();
        NodeStatus status = new NodeStatus(
                this.enrolment, roots, current, mirrors, member, parts.refusals(), evidence, backups.backups(), clock);
        peerListener = new PeerListener(
                vertx,
                readers,
                witnesses,
                roots,
                member.map(MemberParts::witness),
                parts.logs(),
                peers,
                parts.refusals(),
                member.map(MemberParts::settlements),
                vertx.createSharedWorkerExecutor("settlement-" + self, 1),
                this::heardOf);
        userListener = new UserListener(
                vertx,
                readers,
                vertx.createSharedWorkerExecutor("replay-" + self, 1),
                writers,
                picture,
                parts.earlier(),
                member.map(MemberParts::intake),
                member.map(MemberParts::desk),
                member.map(MemberParts::feasibility),
                member.map(MemberParts::settlements),
                status,
                backups,
                roots,
                onNewRoot,
                evidence,
                enrolment.definitions(),
                parts.logs(),
                config.tokens(),
                clock);
    }

    /** Where a wiring's listeners are bound. */
    record Bound(Address peer, Address user) {}

    /**
     * Starts everything; on return both listeners are bound.
     *
     * @param peer where the peer listener binds
     * @param user where the user listener binds
     * @throws NodeStartException if a listener cannot bind
     */
    Bound start(Address peer, Address user) {
        // before anybody can append anything else: every log says from which of its entries on it goes by the root
        member.ifPresent(parts -> {
            parts.gate().remember();
            parts.sequencer().start();
            parts.releaser().acceptRoot();
        });
        Address peerAddress = Binding.await(
                "peer", peer, peerListener.start(new PeerTls(enrolment.tls()).serverOptions(peers::pins), peer));
        Address userAddress = Binding.await("user", user, userListener.start(user));
        member.ifPresent(parts -> parts.publisher().start(peers.all()));
        mirrors.start();
        member.ifPresent(parts -> {
            parts.gate().start();
            parts.scrub().start();
            parts.intakeWorker().start();
            parts.settlements().start();
            releaseAgain(parts.intake());
            vertx.setPeriodic(RELEASE_INTERVAL_MILLIS, timer -> releaseAgain(parts.intake()));
        });
        // an observer keeps and shows what it finds; it has no log to tell it in
        evidence.start(found -> member.ifPresent(parts -> parts.releaser().tell(found)), picture::accused);
        follower.start();
        return new Bound(peerAddress, userAddress);
    }

    /**
     * What a member has.
     *
     * @throws IllegalStateException if the node is none
     */
    MemberParts member() {
        return member.orElseThrow(() -> new IllegalStateException(config.node() + " "
                + enrolment.trouble().orElse(enrolment.standing().words())));
    }

    /** True once nothing of it writes any more, to the own log or to a mirror: others may not begin before. */
    boolean isStopped() {
        return closed.get()
                && member.filter(parts -> !parts.sequencer().isStopped()).isEmpty()
                && mirrors.isStopped()
                && evidence.isStopped();
    }

    PictureKeeper picture() {
        return picture;
    }

    /** Stops in the order in which nothing that was taken in is lost. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        settle(userListener.stop(), "user listener");
        settle(peerListener.stop(), "peer listener");
        follower.close();
        member.ifPresent(parts -> {
            parts.settlements().close();
            parts.intakeWorker().close();
            parts.scrub().close();
            parts.gate().close();
            parts.publisher().close();
        });
        mirrors.close();
        evidence.close();
        member.ifPresent(parts -> parts.sequencer().close());
        picture.close();
        peers.close();
        settle(vertx.close(), "event loops");
    }

    private void heardOf(String peer) {
        member.ifPresent(parts -> parts.publisher().heardOf(peer));
        mirrors.heardOf(peer);
    }

    /** Periods end and corrections add up while nobody imports anything. */
    private void releaseAgain(Intake intake) {
        writers.executeBlocking(intake::releaseAgain, true)
                .onFailure(failure -> logger.error("the release by rule failed: {}", failure.getMessage(), failure));
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
