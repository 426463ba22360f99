package se.samsyn.node.view;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import se.samsyn.node.log.AcceptedRoots;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.mirror.CheckpointWatch;
import se.samsyn.node.store.StoreException;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.EvidenceKeys;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.statement.EvidenceStatement;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.view.Basis;
import se.samsyn.protocol.view.BodySource;
import se.samsyn.protocol.view.LogBasis;
import se.samsyn.protocol.view.NationalPicture;
import se.samsyn.protocol.view.NationalView;
import se.samsyn.protocol.view.ViewQuery;
import se.samsyn.protocol.witness.Accusations;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/**
 * Answers from an earlier basis, byte for byte as before, except that what was retracted since is withdrawn.
 *
 * <p>The logs are replayed from the store up to the sizes of the basis. Only positions count that this node has itself known under a
 * quorum: else it would vouch for ages that somebody made up. The pictures of a few bases are kept; one whose bodies are not all there any
 * more is made anew, so that nothing outlives its retraction here.
 */
public final class EarlierPictures {
    /** Pictures that are kept. */
    static final int MAX_KEPT = 2;

    private final RootChain chain;
    private final List<DatasetDefinition> definitions;
    private final Map<String, StoredLog> logs = new TreeMap<>();
    private final PictureKeeper newest;
    private final CheckpointWatch evidence;
    private final Map<Made, Replayed> kept = new LinkedHashMap<>(MAX_KEPT, 1, true);

    /** A body of a node's log. */
    private record Body(String node, Hash sha256) {}

    /** All of a basis but its instant, which says nothing of what counts. */
    private record Made(long rootVersion, List<LogBasis> logs, List<Hash> evidence) {}

    /** A picture, and what it was made from beside the entries. */
    private record Replayed(NationalPicture picture, Set<Body> bodies) {}

    /**
     * Makes nothing yet.
     *
     * @param logs of all members, the node's own among them
     * @param newest answers if the basis is the newest one
     * @param evidence says what is proven, and gives the evidence that a basis names
     */
    public EarlierPictures(
            RootChain chain,
            Collection<DatasetDefinition> definitions,
            Collection<StoredLog> logs,
            PictureKeeper newest,
            CheckpointWatch evidence) {
        this.chain = chain;
        this.evidence = evidence;
        this.definitions = List.copyOf(definitions);
        this.newest = newest;
        logs.forEach(log -> this.logs.put(log.node(), log));
    }

    /**
     * The newest basis at or before an instant: of every log the newest position that a quorum had vouched for by then.
     *
     * @param asOfSeconds since 1970
     * @throws RefutedException if the node knows of none so early
     */
    public Basis basisAt(long asOfSeconds) {
        List<LogBasis> positions = logs.values().stream()
                .flatMap(log -> log.publishedBy(asOfSeconds).stream())
                .toList();
        if (positions.isEmpty()) {
            throw new RefutedException(
                    "this node knows of no log that was under a quorum at " + Instant.ofEpochSecond(asOfSeconds)
                            + "; ask for a later instant, or leave asOf out for the newest state");
        }
        FederationRoot root = chain.version(acceptedBy(positions));
        List<LogBasis> ofMembers = positions.stream()
                .filter(position -> root.member(position.node()).isPresent())
                .toList();
        return new Basis(
                root.version(), root.hash(), ofMembers, loggedBy(ofMembers).evidence(), asOfSeconds);
    }

    /** The newest version of the root that any of the logs had accepted by then. */
    private long acceptedBy(List<LogBasis> positions) {
        return positions.stream()
                .mapToLong(position -> new AcceptedRoots(log(position.node()), chain)
                        .forTree(position.head().size())
                        .root()
                        .version())
                .max()
                .orElseThrow();
    }

    /** What the logs themselves prove up to these positions; what was proven elsewhere came later. */
    private Accusations loggedBy(List<LogBasis> positions) {
        Accusations logged = Accusations.NONE;
        if (evidence.accusations().evidence().isEmpty()) {
            return logged;
        }
        List<VerifierKey> keys = EvidenceKeys.of(chain.roots());
        for (LogBasis position : positions) {
            LogReading reading = new LogReading(chain, log(position.node()));
            for (VerifiedStatement entry : reading.statements(0, position.head().size())) {
                if (entry.statement() instanceof EvidenceStatement one) {
                    try {
                        logged = logged.with(one.evidence(), keys);
                    } catch (RefutedException e) {
                        // false evidence harms nobody
                    }
                }
            }
        }
        return logged;
    }

    /** What a basis names, which must be here. */
    private Accusations accusations(Basis basis) {
        Accusations named = Accusations.NONE;
        List<VerifierKey> keys = EvidenceKeys.of(chain.roots().subList(0, Math.toIntExact(basis.rootVersion())));
        for (Hash sha256 : basis.evidence()) {
            named = named.with(
                    evidence.evidence(sha256)
                            .orElseThrow(() -> new RefutedException("the basis rests on evidence " + sha256
                                    + ", which this node does not hold; ask the node that gave the view")),
                    keys);
        }
        return named;
    }

    /**
     * Computes a view from a basis; takes long for one that is not kept.
     *
     * @param nowSeconds the node's clock, seconds since 1970
     * @throws RefutedException if it is no basis that this node could have answered from, saying what to do
     */
    public NationalView view(ViewQuery query, Basis basis, long nowSeconds) {
        return view(picture -> query, basis, nowSeconds);
    }

    /** Computes a view from a basis likewise, by a query that depends on which definitions were in force then. */
    public NationalView view(Function<NationalPicture, ViewQuery> query, Basis basis, long nowSeconds) {
        return ask(basis, nowSeconds, (picture, asked) -> picture.view(query.apply(picture), asked));
    }

    /** Answers any question from a basis, as {@link #view} does. */
    public <T> T ask(Basis basis, long nowSeconds, BiFunction<NationalPicture, Basis, T> question) {
        requireKnown(basis, nowSeconds);
        return newest.ask(basis, question).orElseGet(() -> replayed(basis, question));
    }

    private synchronized <T> T replayed(Basis basis, BiFunction<NationalPicture, Basis, T> question) {
        Made key = new Made(basis.rootVersion(), basis.logs(), basis.evidence());
        Replayed replayed = kept.get(key);
        if (replayed == null || !isWhole(replayed)) {
            kept.remove(key);
            replayed = replay(basis);
            kept.put(key, replayed);
            if (kept.size() > MAX_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return question.apply(replayed.picture(), basis);
    }

    private boolean isWhole(Replayed replayed) {
        return replayed.bodies().stream()
                .allMatch(body -> log(body.node()).body(body.sha256()).isPresent());
    }

    private Replayed replay(Basis basis) {
        FederationRoot root = chain.version(basis.rootVersion());
        List<DatasetDefinition> authorised = definitions.stream()
                .filter(definition -> root.authorises(definition.dataset(), definition.hash()))
                .toList();
        NationalPicture picture = new NationalPicture(root, authorised, accusations(basis));
        Set<Body> found = new HashSet<>();
        for (LogBasis position : basis.logs()) {
            StoredLog log = log(position.node());
            LogReading reading = new LogReading(chain, log);
            List<VerifiedStatement> statements =
                    reading.statements(0, position.head().size());
            BodySource bodies = reading.bodies();
            picture.advance(log.node(), 0, statements, sha256 -> {
                Optional<byte[]> body = bodies.body(sha256);
                body.ifPresent(bytes -> found.add(new Body(log.node(), sha256)));
                return body;
            });
        }
        return new Replayed(picture, found);
    }

    private void requireKnown(Basis basis, long nowSeconds) {
        if (basis.rootVersion() > chain.newest().version()
                || !basis.rootHash().equals(chain.version(basis.rootVersion()).hash())) {
            throw new RefutedException("the basis is under version " + basis.rootVersion()
                    + " of a federation root with SHA-256 " + basis.rootHash() + ", this node knows versions 1 to "
                    + chain.newest().version() + " of its own, the newest with "
                    + chain.newest().hash());
        }
        if (basis.atSeconds() > nowSeconds) {
            throw new RefutedException("the basis is of " + Instant.ofEpochSecond(basis.atSeconds())
                    + ", which is ahead of this node's clock: " + Instant.ofEpochSecond(nowSeconds));
        }
        basis.logs().forEach(position -> requireKnown(position, basis.atSeconds()));
    }

    private void requireKnown(LogBasis position, long atSeconds) {
        if (CosignedCheckpoint.isAhead(position.timeSeconds(), atSeconds)) {
            throw new RefutedException("the basis has the log of " + position.node() + " at time "
                    + Instant.ofEpochSecond(position.timeSeconds()) + ", after its own instant "
                    + Instant.ofEpochSecond(atSeconds));
        }
        StoredLog log = log(position.node());
        if (!log.isKnownAt(position)) {
            throw new RefutedException("this node never knew the log of " + position.node() + " under a quorum at size "
                    + position.head().size() + ", root " + position.head().root() + ", time "
                    + Instant.ofEpochSecond(position.timeSeconds()) + "; ask the node that gave the view");
        }
        Hash held = MerkleTree.root(position.head().size(), log.subtrees());
        if (!held.equals(position.head().root())) {
            throw new StoreException("the log of " + position.node() + " was once published at size "
                    + position.head().size() + " with root " + position.head().root() + ", the stored entries make "
                    + held + ": the store is damaged; stop the node and run samsyn fsck");
        }
    }

    private StoredLog log(String node) {
        StoredLog log = logs.get(node);
        if (log == null) {
            throw new RefutedException("the basis has a log of " + node
                    + ", which is no member of the network; there are " + String.join(", ", logs.keySet()));
        }
        return log;
    }
}
