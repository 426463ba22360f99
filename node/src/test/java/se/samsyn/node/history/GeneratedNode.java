package se.samsyn.node.history;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.Enrolment;
import se.samsyn.node.Machine;
import se.samsyn.node.MemberParts;
import se.samsyn.node.NodeParts;
import se.samsyn.node.config.Address;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.config.RecordPlan;
import se.samsyn.node.log.AcceptedRoots;
import se.samsyn.node.log.SigningGate;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.peer.PeerResponse;
import se.samsyn.node.peer.Peers;
import se.samsyn.node.restore.RestoreFromPeers;
import se.samsyn.node.restore.RestoreReport;
import se.samsyn.node.root.RootKeeper;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.node.witness.RememberedNotes;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;

/** An honest node: the parts that every node has, over a store on the disk, and no thread. What it does, it does when it is told to. */
final class GeneratedNode {
    private static final int KILLS_A_REOPENING = 8;

    private final String name;
    private final GeneratedNetwork network;
    private final GeneratedWire wire;
    private final InstantSource clock;
    private final SplittableRandom random;
    private final Path directory;
    private final Kills kills;
    private final List<QueuedWorker> workers = new ArrayList<>();
    private @Nullable Running running;
    private @Nullable Store kept;
    private int depth;
    private boolean dead;
    private boolean rewires;
    private boolean gateIsDone;
    private RememberedNotes remembered = new RememberedNotes();

    /** What a crash takes away. */
    private record Running(Store store, RootKeeper roots, NodeParts parts, PeerRoutes routes, List<String> peers) {}

    /**
     * A node that is stopped.
     *
     * @param directory of its store, which is there
     * @param told is told when it is killed
     */
    GeneratedNode(
            String name,
            GeneratedNetwork network,
            GeneratedWire wire,
            InstantSource clock,
            SplittableRandom random,
            Path directory,
            Consumer<String> told) {
        this.name = name;
        this.network = network;
        this.wire = wire;
        this.clock = clock;
        this.random = random;
        this.directory = directory;
        this.kills = new Kills(name, told);
        wire.serve(name, this::answer);
    }

    String name() {
        return name;
    }

    Path directory() {
        return directory;
    }

    InstantSource clock() {
        return clock;
    }

    boolean isUp() {
        return running != null && !dead;
    }

    /** Kills it at one of the next moments that a kill could do harm at. */
    Kills kills() {
        return kills;
    }

    /** Fails in a node that was killed: nothing of it goes on. */
    void requireAlive() {
        if (dead) {
            throw new Crash(name, "already");
        }
    }

    NodeParts parts() {
        return running().parts();
    }

    MemberParts member() {
        return parts().member().orElseThrow(() -> new IllegalStateException(name + " is no member"));
    }

    RootKeeper roots() {
        return running().roots();
    }

    Store store() {
        return running().store();
    }

    /** Names of the peers that it asks. */
    List<String> peers() {
        return running().peers();
    }

    /**
     * Opens the store and begins.
     *
     * @return false if it was killed while it did
     */
    boolean start() {
        kills.rearm();
        depth++;
        try {
            Store store = Optional.ofNullable(kept).orElseGet(() -> Store.open(directory, identity(), kills));
            kept = null;
            RootKeeper roots = RootKeeper.open(store, network.root().hash());
            wire(store, roots);
        } catch (Crash e) {
            dead = true;
        } finally {
            leave();
        }
        return isUp();
    }

    /**
     * Gives it a new store, from what its peers have.
     *
     * @param root version 1 of the federation root
     */
    RestoreReport restore(byte[] root) {
        kills.rearm();
        return new RestoreFromPeers(
                        config(),
                        network.ring(name, GeneratedNetwork.KEY_GENERATIONS),
                        network.root().hash(),
                        (newest, tls) -> new Peers(newest, name, member -> wire.client(this, member.node())),
                        clock,
                        (what, done, all) -> {},
                        kills)
                .restore(Optional.of(root), () -> {});
    }

    StoreIdentity identity() {
        return new StoreIdentity(name, network.root().hash());
    }

    /** Stops without a kill, and closes the store. */
    void stop() {
        drop();
        if (kept != null) {
            kept.close();
            kept = null;
        }
    }

    /**
     * Has the node do something.
     *
     * @return nothing if it is down, or was killed meanwhile
     */
    <T> Optional<T> run(Supplier<T> work) {
        if (!isUp()) {
            return Optional.empty();
        }
        depth++;
        try {
            return Optional.of(work.get());
        } catch (Crash e) {
            dead = true;
            return Optional.empty();
        } finally {
            leave();
        }
    }

    /** Has one of its parts take a turn, whichever. */
    void anyTurn() {
        List<Runnable> turns = turns();
        if (!turns.isEmpty()) {
            run(turns.get(random.nextInt(turns.size())));
        }
    }

    /** Has each of its parts take a turn. */
    void allTurns() {
        turns().forEach(this::run);
    }

    /** Has it follow these members' logs, and do what comes of that. */
    void follow(Collection<String> members) {
        for (String member : members) {
            if (isUp() && peers().contains(member)) {
                run(() -> parts().mirrors().turn(member));
            }
        }
        List.copyOf(workers).forEach(worker -> run(() -> drain(worker)));
    }

    private void run(Runnable work) {
        run(() -> {
            work.run();
            return true;
        });
    }

    private List<Runnable> turns() {
        List<Runnable> turns = new ArrayList<>();
        if (isUp()) {
            parts().member().ifPresent(member -> {
                turns.add(() -> ask(member.gate()));
                turns.add(member.sequencer()::turn);
                peers().forEach(peer -> turns.add(() -> member.publisher().turn(peer)));
            });
            NodeParts parts = parts();
            peers().forEach(peer -> turns.add(() -> parts.mirrors().turn(peer)));
            turns.add(() -> parts.follower().turn());
            workers.forEach(worker -> turns.add(() -> drain(worker)));
        }
        return turns;
    }

    private void ask(SigningGate gate) {
        if (!gateIsDone) {
            gateIsDone = gate.turn();
        }
    }

    /** Whether it has found that its store is older than what it signed, or waits for members that do not answer. */
    boolean isHeldBack() {
        return isUp()
                && parts().member().filter(member -> !member.gate().isOpen()).isPresent();
    }

    private static void drain(QueuedWorker worker) {
        while (worker.runOne()) {
            // until nothing is due
        }
    }

    /** Tasks that its workers have not done yet. */
    int waiting() {
        return workers.stream().mapToInt(QueuedWorker::waiting).sum();
    }

    private PeerResponse answer(Request request) {
        requireReachable();
        return run(() -> running().routes().answer(request))
                .orElseThrow(() -> new PeerException(request + ": the connection is gone"));
    }

    private void requireReachable() {
        if (!isUp()) {
            throw new PeerException(Request.shortName(name) + " does not answer");
        }
    }

    private Running running() {
        return Objects.requireNonNull(running, () -> name + " is down");
    }

    private void wire(Store store, RootKeeper roots) {
        FederationRoot root = roots.chain().newest();
        NodeConfig config = config();
        Enrolment enrolment = NodeParts.judged(
                Enrolment.of(root, config, network.ring(name, GeneratedNetwork.KEY_GENERATIONS), network.files()),
                new AcceptedRoots(new StoredLog(store, name), roots.chain()));
        Peers peers = new Peers(root, name, member -> wire.client(this, member.node()));
        workers.clear();
        gateIsDone = false;
        NodeParts parts = new NodeParts(
                config, enrolment, store, roots, network.files(), machine(), peers, remembered, () -> rewires = true);
        List<String> names = root.members().stream()
                .map(Member::node)
                .filter(node -> !node.equals(name))
                .toList();
        running = new Running(store, roots, parts, new PeerRoutes(parts, roots), names);
        parts.member().ifPresent(member -> {
            member.gate().remember();
            member.releaser().acceptRoot();
            member.publisher().resume(peers.all());
        });
        parts.evidence()
                .start(
                        found -> parts.member()
                                .ifPresent(member -> member.releaser().tell(found)),
                        parts.picture()::accused);
    }

    private Machine machine() {
        return new Machine(
                clock,
                () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos(),
                new SplittableRandom(random.nextLong()),
                worker -> {
                    QueuedWorker queued = new QueuedWorker(clock);
                    workers.add(queued);
                    return queued;
                },
                sequencer -> entries -> {
                    var written = sequencer.append(entries);
                    sequencer.turn();
                    return written;
                });
    }

    private NodeConfig config() {
        Address nowhere = new Address("127.0.0.1", 0);
        return new NodeConfig(
                name,
                directory,
                directory,
                directory,
                nowhere,
                nowhere,
                List.of(),
                Set.of("trials", "costs"),
                Map.of(),
                Map.of(),
                NodeConfig.DEFAULT_POLL_MILLIS,
                NodeConfig.DEFAULT_SCRUB_HOURS,
                Optional.empty(),
                RecordPlan.NONE,
                Optional.empty());
    }

    /** Brings it a version of the root, as its operator does. */
    void offer(SignedNote note) {
        run(() -> rewires |= roots().offer(note).isNew());
    }

    /** Where the outermost call into the node ends, a killed one is gone, and one with a new root is wired anew. */
    private void leave() {
        depth--;
        if (depth == 0 && dead) {
            drop();
        } else if (depth == 0 && rewires && running != null) {
            rewires = false;
            Store store = store();
            RootKeeper roots = roots();
            run(() -> {
                wire(store, roots);
                return true;
            });
        }
    }

    private void drop() {
        wire.stopped(name);
        Running gone = running;
        running = null;
        remembered = new RememberedNotes();
        workers.clear();
        dead = false;
        rewires = false;
        if (gone != null) {
            kept = gone.store();
        }
        // every write was synced: a database that is opened anew has what this one has, which is tried now and then
        if (kept != null && random.nextInt(KILLS_A_REOPENING) == 0) {
            kept.close();
            kept = null;
        }
    }
}
