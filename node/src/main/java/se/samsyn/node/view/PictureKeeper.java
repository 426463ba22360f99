package se.samsyn.node.view;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.log.StoredLog;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.view.Basis;
import se.samsyn.protocol.view.LogBasis;
import se.samsyn.protocol.view.NationalPicture;
import se.samsyn.protocol.view.NationalView;
import se.samsyn.protocol.view.ViewQuery;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/**
 * Feeds the national picture with what is published under a quorum, one log after the other on a thread of its own, and answers from it.
 */
public final class PictureKeeper implements AutoCloseable {
    private static final long STOP_TIMEOUT_SECONDS = 10;
    private static final long RETRY_SECONDS = 5;
    private static final Logger logger = LoggerFactory.getLogger(PictureKeeper.class);

    private final FederationRoot root;
    private final Map<String, StoredLog> logs = new TreeMap<>();
    private final Map<String, LogBasis> positions = new TreeMap<>();
    private final SortedMap<String, SignedNote> notes = new TreeMap<>();
    private final NationalPicture picture;
    private final ScheduledExecutorService reader;

    /** Makes an empty picture over the logs of all members, the node's own among them. */
    public PictureKeeper(
            FederationRoot root, Collection<DatasetDefinition> definitions, Collection<StoredLog> logs, String self) {
        this.root = root;
        this.picture = new NationalPicture(root, definitions);
        logs.forEach(log -> this.logs.put(log.node(), log));
        this.reader = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "picture-" + self));
    }

    /** Takes what a log now has under a quorum; returns at once. */
    public void published(CosignedCheckpoint checkpoint) {
        reader.execute(() -> {
            try {
                advance(checkpoint);
            } catch (RuntimeException e) {
                logger.error("views stay behind {}: {}", checkpoint.checkpoint().origin(), e.getMessage(), e);
                tryAgain(checkpoint);
            }
        });
    }

    /** The exact state that a view would be computed from now. */
    public synchronized Basis basis(long atSeconds) {
        return new Basis(root.version(), root.hash(), List.copyOf(positions.values()), atSeconds);
    }

    /** The exact state that a view would be computed from now, with the checkpoints that prove it. */
    public synchronized CosignedBasis cosignedBasis(long atSeconds) {
        return new CosignedBasis(basis(atSeconds), notes);
    }

    /** The newest time of any log in the picture, seconds since 1970. */
    public synchronized long newestLogTime() {
        return positions.values().stream()
                .mapToLong(LogBasis::timeSeconds)
                .max()
                .orElse(0);
    }

    /**
     * Computes a view.
     *
     * @param atSeconds the instant from which ages are counted, seconds since 1970
     */
    public synchronized NationalView view(ViewQuery query, long atSeconds) {
        return picture.view(query, basis(atSeconds));
    }

    /** Computes a view from that basis, if the picture is in that state. */
    synchronized Optional<NationalView> view(ViewQuery query, Basis basis) {
        return basis(basis.atSeconds()).equals(basis) ? Optional.of(picture.view(query, basis)) : Optional.empty();
    }

    @Override
    public void close() {
        reader.shutdown();
        try {
            if (!reader.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                logger.warn("the picture did not stop within {} s", STOP_TIMEOUT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void advance(CosignedCheckpoint checkpoint) {
        StoredLog log = logOf(checkpoint);
        LogBasis before = position(log);
        TreeHead head = checkpoint.checkpoint().head();
        if (head.size() < before.head().size()) {
            return;
        }
        // after a failure the picture may have taken entries that its position does not tell of
        long taken = pictureSize(log);
        LogReading reading = new LogReading(root, log);
        List<VerifiedStatement> statements = reading.statements(taken, Math.max(taken, head.size()));
        synchronized (this) {
            picture.advance(log.node(), taken, statements, reading.bodies(taken + statements.size()));
            positions.put(log.node(), new LogBasis(log.node(), head, checkpoint.timeSeconds()));
            notes.put(log.node(), checkpoint.note());
        }
    }

    private synchronized long pictureSize(StoredLog log) {
        return picture.size(log.node());
    }

    private void tryAgain(CosignedCheckpoint checkpoint) {
        if (!reader.isShutdown()) {
            // its failure is logged where it fails
            var unused = reader.schedule(() -> published(checkpoint), RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private StoredLog logOf(CosignedCheckpoint checkpoint) {
        String origin = checkpoint.checkpoint().origin();
        return logs.values().stream()
                .filter(log -> log.origin().equals(origin))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no log " + origin));
    }

    private synchronized LogBasis position(StoredLog log) {
        return positions.getOrDefault(log.node(), new LogBasis(log.node(), TreeHead.EMPTY, 0));
    }
}
