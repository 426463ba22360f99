package se.samsyn.node.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.mirror.CheckpointWatch;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.view.Basis;
import se.samsyn.protocol.view.LogBasis;
import se.samsyn.protocol.view.NationalPicture;
import se.samsyn.protocol.view.NationalView;
import se.samsyn.protocol.view.ViewQuery;
import se.samsyn.protocol.witness.Accusations;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/**
 * Feeds the national picture with what is published under a quorum, one log after the other on a thread of its own, and answers from it.
 */
public final class PictureKeeper implements AutoCloseable {
    private static final long STOP_TIMEOUT_SECONDS = 10;
    private static final long RETRY_SECONDS = 5;
    private static final Logger logger = LoggerFactory.getLogger(PictureKeeper.class);

    private final RootChain chain;
    private final FederationRoot root;
    private final Map<String, StoredLog> logs = new TreeMap<>();
    private final Map<String, LogReading> readings = new TreeMap<>();
    private final Collection<DatasetDefinition> definitions;
    private final CheckpointWatch evidence;
    private final Map<String, CosignedCheckpoint> positions = new TreeMap<>();
    private NationalPicture picture;
    private Accusations accusations;
    private final ScheduledExecutorService reader;
    private final AtomicBoolean renewing = new AtomicBoolean();

    /**
     * Makes an empty picture over the logs of all members, the node's own among them.
     *
     * @param evidence is told of every statement, and says whose word does not count from which position on
     * @param reader what it works on, and closes at its end
     */
    public PictureKeeper(
            RootChain chain,
            Collection<DatasetDefinition> definitions,
            Collection<StoredLog> logs,
            CheckpointWatch evidence,
            ScheduledExecutorService reader) {
        this.chain = chain;
        this.root = chain.newest();
        this.definitions = List.copyOf(definitions);
        this.evidence = evidence;
        this.accusations = evidence.accusations();
        this.picture = new NationalPicture(root, definitions, accusations);
        logs.forEach(log -> this.logs.put(log.node(), log));
        this.reader = reader;
    }

    /** Takes what a log now has under a quorum; returns at once. */
    public void published(CosignedCheckpoint checkpoint) {
        reader.execute(() -> orLater(checkpoint, () -> advance(checkpoint)));
    }

    /** Works out anew what does not count, now that other keys are accused than before; returns at once. */
    public void accused() {
        // many accusations that come one after the other make the picture anew once
        if (!reader.isShutdown() && renewing.compareAndSet(false, true)) {
            reader.execute(() -> {
                renewing.set(false);
                try {
                    renew();
                } catch (RuntimeException e) {
                    logger.error("views do not heed new evidence yet: {}", e.getMessage(), e);
                    later(this::accused);
                }
            });
        }
    }

    /** The exact state that a view would be computed from now. */
    public synchronized Basis basis(long atSeconds) {
        return new Basis(root.version(), root.hash(), logBases(), accusations.evidence(), atSeconds);
    }

    private List<LogBasis> logBases() {
        List<LogBasis> bases = new ArrayList<>();
        positions.forEach((node, checkpoint) -> {
            CosignedCheckpoint counted = checkpoint.without(accusations);
            if (counted.hasQuorum()) {
                bases.add(new LogBasis(node, checkpoint.checkpoint().head(), counted.timeSeconds()));
            }
        });
        return bases;
    }

    /** The exact state that a view would be computed from now, with the checkpoints that prove it. */
    public synchronized CosignedBasis cosignedBasis(long atSeconds) {
        Basis basis = basis(atSeconds);
        SortedMap<String, SignedNote> notes = new TreeMap<>();
        basis.logs()
                .forEach(log -> notes.put(
                        log.node(),
                        Objects.requireNonNull(positions.get(log.node())).note()));
        return new CosignedBasis(basis, notes);
    }

    /** The newest time of any log in the picture, seconds since 1970. */
    public synchronized long newestLogTime() {
        return logBases().stream().mapToLong(LogBasis::timeSeconds).max().orElse(0);
    }

    /**
     * Computes a view.
     *
     * @param atSeconds the instant from which ages are counted, seconds since 1970
     */
    public synchronized NationalView view(ViewQuery query, long atSeconds) {
        return picture.view(query, basis(atSeconds));
    }

    /** Answers from the picture and the basis that it is in, by a pure function of both. */
    public synchronized <T> T ask(long atSeconds, BiFunction<NationalPicture, Basis, T> question) {
        return question.apply(picture, basis(atSeconds));
    }

    /** Answers from that basis, if the picture is in that state. */
    synchronized <T> Optional<T> ask(Basis basis, BiFunction<NationalPicture, Basis, T> question) {
        return basis(basis.atSeconds()).equals(basis) ? Optional.of(question.apply(picture, basis)) : Optional.empty();
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
        if (checkpoint.checkpoint().head().size() < position(log)) {
            return;
        }
        take(log, checkpoint);
    }

    private void take(StoredLog log, CosignedCheckpoint checkpoint) {
        long size = checkpoint.checkpoint().head().size();
        // after a failure the picture may have taken entries that its position does not tell of
        long taken = pictureSize(log);
        LogReading reading = readings.computeIfAbsent(log.node(), node -> new LogReading(chain, log));
        List<VerifiedStatement> next = reading.statements(taken, Math.max(taken, size));
        // a basis leaves out no evidence that is in its logs
        next.forEach(statement -> evidence.logged(statement.statement()));
        renew();
        synchronized (this) {
            if (picture.size(log.node()) != taken) {
                // it was made anew meanwhile, and this log's votes did not suffice any more
                take(log, checkpoint);
            } else if (checkpoint.without(accusations).hasQuorum()) {
                remember(checkpoint, accusations);
                picture.advance(log.node(), taken, next, reading.bodies());
                positions.put(log.node(), checkpoint);
            }
        }
    }

    /** A basis may name the time that a checkpoint has without the votes of the accused, and be asked for when there is a newer one. */
    private void remember(CosignedCheckpoint checkpoint, Accusations accused) {
        CosignedCheckpoint counted = checkpoint.without(accused);
        if (counted.hasQuorum()) {
            logOf(checkpoint).rememberPosition(counted);
        }
    }

    /** Makes the picture anew if the accusations have changed what counts: then earlier entries may no longer count. */
    private synchronized void renew() {
        Accusations next = evidence.accusations();
        if (!next.evidence().equals(accusations.evidence())) {
            positions.values().forEach(checkpoint -> remember(checkpoint, next));
        }
        if (picture.accept(next)) {
            accusations = next;
            return;
        }
        List<CosignedCheckpoint> published = List.copyOf(positions.values());
        positions.clear();
        accusations = next;
        picture = new NationalPicture(root, definitions, next);
        published.forEach(checkpoint -> orLater(checkpoint, () -> take(logOf(checkpoint), checkpoint)));
    }

    private void orLater(CosignedCheckpoint checkpoint, Runnable taking) {
        try {
            taking.run();
        } catch (RuntimeException e) {
            logger.error("views stay behind {}: {}", checkpoint.checkpoint().origin(), e.getMessage(), e);
            later(() -> published(checkpoint));
        }
    }

    private synchronized long pictureSize(StoredLog log) {
        return picture.size(log.node());
    }

    private void later(Runnable task) {
        if (!reader.isShutdown()) {
            // its failure is logged where it fails
            var unused = reader.schedule(task, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private StoredLog logOf(CosignedCheckpoint checkpoint) {
        String origin = checkpoint.checkpoint().origin();
        return logs.values().stream()
                .filter(log -> log.origin().equals(origin))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no log " + origin));
    }

    private synchronized long position(StoredLog log) {
        return Optional.ofNullable(positions.get(log.node()))
                .map(checkpoint -> checkpoint.checkpoint().head().size())
                .orElse(0L);
    }
}
