package se.samsyn.node.mirror;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.peer.Peers;
import se.samsyn.node.peer.Refusals;
import se.samsyn.node.store.Batch;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.root.RootInForce;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/** The mirrors of all other members' logs, each with its follower. */
public final class MirrorSet implements AutoCloseable {
    private final Map<String, Mirror> mirrors = new TreeMap<>();
    private final Map<String, Replicator> replicators = new TreeMap<>();

    public MirrorSet(
            Store store,
            RootChain chain,
            Peers peers,
            String self,
            InstantSource clock,
            int pollMillis,
            Refusals refusals,
            CheckpointWatch watch,
            Consumer<CosignedCheckpoint> onPublished) {
        for (Member member : chain.newest().members()) {
            if (!member.node().equals(self)) {
                Mirror mirror = new Mirror(store, new StoredLog(store, member.node()), chain, refusals, watch);
                mirrors.put(member.node(), mirror);
                replicators.put(
                        member.node(), new Replicator(mirror, peers, clock, pollMillis, refusals, watch, onPublished));
            }
        }
    }

    public void start() {
        replicators.values().forEach(Replicator::start);
    }

    /** Follows a member's log once, for whoever runs the followers without {@link #start}. */
    public void turn(String node) {
        Objects.requireNonNull(replicators.get(node), node).turn();
    }

    /** The mirror of a member's log. */
    public Optional<Mirror> of(String node) {
        return Optional.ofNullable(mirrors.get(node));
    }

    /** What keeps mirrors from following, by the names of their nodes. */
    public Map<String, String> troubles() {
        Map<String, String> troubles = new TreeMap<>();
        replicators.forEach((node, replicator) -> replicator.trouble().ifPresent(text -> troubles.put(node, text)));
        return troubles;
    }

    /**
     * Makes a mirror hold its log up to a checkpoint; call it within {@link Mirror#alone}.
     *
     * @param judge verifies it by the version of the root that counts for it
     * @param point names the write
     * @param more put into the batch that stores what is new
     */
    public void hold(
            Mirror mirror,
            SignedNote signed,
            Function<RootInForce, CosignedCheckpoint> judge,
            FailPoint point,
            Consumer<Batch> more) {
        mirror.hold(signed, judge, new ArrayList<>(replicator(mirror).sources()), point, more);
    }

    /** What peers tell of a log's tree that is not the one held here. */
    public ForeignTree served(Mirror mirror) {
        return new ServedTree(replicator(mirror).sources());
    }

    /** Tells the follower of a log that there may soon be a newer published checkpoint. */
    public void hint(Mirror mirror) {
        replicator(mirror).hint();
    }

    /** Tells that a peer has spoken: if its log could not be followed, it is asked again soon. */
    public void heardOf(String node) {
        Optional.ofNullable(replicators.get(node)).ifPresent(Replicator::heardOf);
    }

    /** True once the mirrors are closed and nothing grows any of them. */
    public boolean isStopped() {
        return mirrors.values().stream().allMatch(Mirror::isStopped);
    }

    @Override
    public void close() {
        mirrors.values().forEach(Mirror::stop);
        replicators.values().forEach(Replicator::close);
    }

    private Replicator replicator(Mirror mirror) {
        return Objects.requireNonNull(replicators.get(mirror.log().node()));
    }
}
