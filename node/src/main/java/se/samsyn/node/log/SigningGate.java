package se.samsyn.node.log;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.peer.PeerClient;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.store.StoreException;
import se.samsyn.protocol.note.VerifierKey;

/**
 * Keeps the sequencer from signing after a start until a quorum of witnesses has said that the store is not older than what the node
 * signed before. Reading and appending do not wait for it.
 */
public final class SigningGate implements AutoCloseable {
    private static final long PAUSE_MILLIS = 500;
    private static final Logger logger = LoggerFactory.getLogger(SigningGate.class);

    private final Sequencer sequencer;
    private final OwnCheckpointSurvey survey;
    private final List<PeerClient> witnesses;
    private final int needed;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile String state;

    public SigningGate(
            Sequencer sequencer, StoredLog log, List<VerifierKey> logKeys, List<PeerClient> witnesses, int needed) {
        this.sequencer = sequencer;
        this.survey = new OwnCheckpointSurvey(log, logKeys);
        this.witnesses = witnesses;
        this.needed = needed;
        this.state = "waits for " + needed + " witnesses to say which checkpoint they know";
        this.thread = new Thread(this::run, "signing-gate-" + log.node());
    }

    public void start() {
        thread.start();
    }

    /** Tells whether the node signs. */
    public boolean isOpen() {
        return sequencer.isSigning();
    }

    /** Why nothing is signed; "signs" if it is. */
    public String state() {
        return sequencer.failure().map(failure -> "does not sign: " + failure).orElse(state);
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
        Set<String> answered = new HashSet<>();
        try {
            do {
                if (!askAll(answered)) {
                    return;
                }
                if (answered.size() >= needed) {
                    state = "signs";
                    sequencer.allowSigning();
                    return;
                }
                state = answered.size() + " of " + needed + " witnesses have said which checkpoint they know";
            } while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks those that have not answered, until enough have; false if the node must not sign at all. */
    private boolean askAll(Set<String> answered) {
        for (PeerClient witness : witnesses) {
            if (answered.size() >= needed || stopped.getCount() == 0) {
                return true;
            }
            if (!answered.contains(witness.node()) && !ask(witness, answered)) {
                return false;
            }
        }
        return true;
    }

    /** Asks one; false if the node must not sign at all. */
    private boolean ask(PeerClient witness, Set<String> answered) {
        try {
            Optional<String> fault = survey.ask(witness);
            if (fault.isPresent()) {
                state = "does not sign: " + fault.get();
                logger.error("signing is refused: {}", fault.get());
                return false;
            }
            answered.add(witness.node());
        } catch (StoreException e) {
            logger.error("the own log cannot be compared with what {} knows: {}", witness.node(), e.getMessage());
        } catch (PeerException e) {
            logger.debug("{} has not said which checkpoint it knows: {}", witness.node(), e.getMessage());
        }
        return true;
    }
}
