package se.samsyn.node.log;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.peer.PeerClient;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreException;
import se.samsyn.node.store.StoreMark;
import se.samsyn.protocol.note.VerifierKey;

/**
 * Keeps the sequencer from signing after a start until a quorum of witnesses has said that the store is not older than what the node
 * signed before; all others must have said so where the store was put back from a backup or from peers, since a quorum can miss a
 * checkpoint that only a few have seen. It shuts again while something in the store is damaged. Reading does not wait for it.
 */
public final class SigningGate implements AutoCloseable {
    private static final long PAUSE_MILLIS = 500;
    private static final Logger logger = LoggerFactory.getLogger(SigningGate.class);

    private final Store store;
    private final Sequencer sequencer;
    private final OwnCheckpointSurvey survey;
    private final Consumer<PeerClient> catchUp;
    private final List<PeerClient> witnesses;
    private final int quorum;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Set<String> answered = new TreeSet<>();
    private volatile String state;
    private volatile boolean surveyed;
    private volatile @Nullable String restored;
    private volatile @Nullable String damage;

    /**
     * Makes the gate; it starts with {@link #start}.
     *
     * @param logKeys those of the own log that count for a tree of a size
     * @param quorum how many witnesses must have answered after an ordinary start
     * @param catchUp takes from a witness what it knows of others' logs, after the store was put back
     */
    public SigningGate(
            Store store,
            Sequencer sequencer,
            StoredLog log,
            LongFunction<List<VerifierKey>> logKeys,
            List<PeerClient> witnesses,
            int quorum,
            Consumer<PeerClient> catchUp) {
        this.store = store;
        this.sequencer = sequencer;
        this.survey = new OwnCheckpointSurvey(log, logKeys);
        this.catchUp = catchUp;
        this.witnesses = witnesses;
        this.quorum = quorum;
        this.state = "waits for " + quorum + " witnesses to say which checkpoint they know";
        this.thread = new Thread(this::run, "signing-gate-" + log.node());
    }

    /** Takes in what the store remembers of an earlier run; call it before anybody can ask for a cosignature. */
    public void remember() {
        restored = store.marked(StoreMark.RESTORED).orElse(null);
        damage = store.marked(StoreMark.DAMAGED).orElse(null);
    }

    /** Starts asking. */
    public void start() {
        thread.start();
    }

    /** Tells whether the node signs. */
    public boolean isOpen() {
        return sequencer.isSigning();
    }

    /** Tells whether the gate was shut because something in the store is damaged. */
    public boolean isShut() {
        return damage != null;
    }

    /** Tells whether the newest head could not be signed although it might. */
    public boolean isFailing() {
        return sequencer.failure().isPresent();
    }

    /** Why nothing is signed; "signs" if it is. */
    public String state() {
        return Optional.ofNullable(damage)
                .or(sequencer::failure)
                .map(reason -> "does not sign: " + reason)
                .orElse(state);
    }

    /** Why other members' checkpoints are not cosigned either, if they are not. */
    public Optional<String> whyNotCosigning() {
        return Optional.ofNullable(damage).or(() -> restored == null ? Optional.empty() : Optional.of(state));
    }

    /** Shuts the gate, over restarts too, until {@link #open} is called; appending goes on as far as it can. */
    public synchronized void shut(String reason) {
        sequencer.stopSigning();
        if (!reason.equals(damage)) {
            logger.error("nothing is signed: {}", reason);
        }
        damage = reason;
        store.write(FailPoint.WRITE_MARK, batch -> batch.mark(StoreMark.DAMAGED, reason));
    }

    /** Opens the gate again that {@link #shut} has shut, if nothing else keeps it so. */
    public synchronized void open() {
        store.write(FailPoint.WRITE_MARK, batch -> batch.unmark(StoreMark.DAMAGED));
        damage = null;
        allowSigning();
        logger.info("the store is as it must be again");
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

    private synchronized void allowSigning() {
        if (surveyed && damage == null) {
            sequencer.allowSigning();
        }
    }

    private void run() {
        try {
            boolean done = turn();
            while (!done && !stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                done = turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks once those that have not answered; true if there is nothing left to ask, because the node signs or must not at all. */
    public boolean turn() {
        int needed = restored == null ? quorum : witnesses.size();
        if (!askAll(needed)) {
            return true;
        }
        if (answered.size() >= needed && forgetRestore()) {
            state = "signs";
            surveyed = true;
            allowSigning();
            return true;
        }
        state = restored == null
                ? answered.size() + " of " + needed + " witnesses have said which checkpoint they know"
                : "waits, since the store was put back, for every other member to say which checkpoint it knows; not yet "
                        + missing() + " (" + restored + ")";
        return false;
    }

    private String missing() {
        return witnesses.stream()
                .map(PeerClient::node)
                .filter(node -> !answered.contains(node))
                .collect(Collectors.joining(", "));
    }

    /** Once all have answered the store is as good as any; false if that cannot be written. */
    private boolean forgetRestore() {
        if (restored != null) {
            try {
                store.write(FailPoint.WRITE_MARK, batch -> batch.unmark(StoreMark.RESTORED));
                logger.info("all other members have said that the store is not older than what was signed");
                restored = null;
            } catch (StoreException e) {
                logger.error("nothing is signed yet: {}", e.getMessage());
                return false;
            }
        }
        return true;
    }

    /** Asks those that have not answered, until enough have; false if the node must not sign at all. */
    private boolean askAll(int needed) {
        for (PeerClient witness : witnesses) {
            if (answered.size() >= needed || stopped.getCount() == 0) {
                return true;
            }
            if (!answered.contains(witness.node()) && !ask(witness)) {
                return false;
            }
        }
        return true;
    }

    /** Asks one; false if the node must not sign at all. */
    private boolean ask(PeerClient witness) {
        try {
            Optional<String> fault = survey.ask(witness);
            if (fault.isPresent()) {
                state = "does not sign: " + fault.get();
                logger.error("signing is refused: {}", fault.get());
                keepInMind(fault.get());
                return false;
            }
            if (restored != null) {
                catchUp.accept(witness);
            }
            answered.add(witness.node());
        } catch (StoreException e) {
            logger.error("the own log cannot be compared with what {} knows: {}", witness.node(), e.getMessage());
        } catch (PeerException e) {
            logger.debug("{} has not said which checkpoint it knows: {}", witness.node(), e.getMessage());
        }
        return true;
    }

    /** After the next start others may answer first, who do not know what this one knows. */
    private void keepInMind(String fault) {
        restored = fault;
        try {
            store.write(FailPoint.WRITE_MARK, batch -> batch.mark(StoreMark.RESTORED, fault));
        } catch (StoreException e) {
            logger.error("the store does not remember why nothing is signed: {}", e.getMessage());
        }
    }
}
