package se.samsyn.node.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.peer.PeerClient;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.peer.PeerResponse;
import se.samsyn.protocol.CanonicalDecimal;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.witness.AddCheckpointRequest;
import se.samsyn.protocol.witness.AddCheckpointResponse;

/**
 * One witness, as the log's side sees it: brings it each new checkpoint (C2SP tlog-witness, add-checkpoint), and an unchanged one once an
 * hour for a fresh time. A witness that is away is tried again with growing, jittered pauses, and as soon as it speaks to this node; the
 * others do not wait for it.
 */
final class WitnessLink implements Runnable {
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;
    private static final int FAILURES_BEFORE_WARNING = 8;
    private static final int CONFLICT = 409;
    private static final Logger logger = LoggerFactory.getLogger(WitnessLink.class);

    private final PeerClient witness;
    private final StoredLog log;
    private final CheckpointPublisher publisher;
    private long knownSize;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private int failures;

    WitnessLink(PeerClient witness, StoredLog log, CheckpointPublisher publisher) {
        this.witness = witness;
        this.log = log;
        this.publisher = publisher;
    }

    String node() {
        return witness.node();
    }

    @Override
    public void run() {
        try {
            while (true) {
                SignedNote target = publisher.awaitWork(node());
                if (offer(target)) {
                    pauseMillis = FIRST_PAUSE_MILLIS;
                } else {
                    boolean back = publisher.pause(node(), target, jittered(), TimeUnit.MILLISECONDS);
                    pauseMillis = back ? FIRST_PAUSE_MILLIS : Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Brings the witness the checkpoint that is due, if there is one, and does not wait. */
    void turn() {
        publisher.due(node()).ifPresent(this::offer);
    }

    private long jittered() {
        return pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis / 2 + 1);
    }

    /** Brings the witness a checkpoint; false if it is to be tried again later. */
    private boolean offer(SignedNote target) {
        try {
            PeerResponse answer = send(target);
            if (answer.status() == CONFLICT && learnSize(answer, target)) {
                answer = send(target);
            }
            if (!answer.isOk()) {
                return trouble("answers " + answer.status() + ": " + answer.shown());
            }
            publisher.cosigned(
                    node(), target, AddCheckpointResponse.parse(answer.body()).lines());
            failures = 0;
            knownSize = Checkpoint.parse(target.text()).head().size();
            return true;
        } catch (MalformedException | RefutedException e) {
            publisher.refused(node(), String.valueOf(e.getMessage()));
            return trouble(String.valueOf(e.getMessage()));
        } catch (PeerException e) {
            return trouble(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            logger.error("{}: witness {}: {}", log.origin(), node(), e.getMessage(), e);
            return trouble("its cosignature could not be kept: " + e.getMessage());
        }
    }

    private PeerResponse send(SignedNote target) {
        long size = Checkpoint.parse(target.text()).head().size();
        long oldSize = Math.min(knownSize, size);
        List<Hash> proof = oldSize == 0 || oldSize == size
                ? List.of()
                : MerkleTree.consistencyProof(oldSize, size, log.subtrees());
        byte[] request = new AddCheckpointRequest(oldSize, proof, target).encode();
        return witness.post("/add-checkpoint", request, AddCheckpointResponse.MAX_LENGTH);
    }

    /** Takes the size that the witness says it knows; false if it cannot be true, or the checkpoint is older than that. */
    private boolean learnSize(PeerResponse answer, SignedNote target) {
        String text = new String(answer.body(), StandardCharsets.UTF_8).stripTrailing();
        long size = CanonicalDecimal.parse("the size that " + node() + " knows", text);
        knownSize = size;
        return size <= Checkpoint.parse(target.text()).head().size();
    }

    private boolean trouble(String message) {
        failures++;
        if (failures == FAILURES_BEFORE_WARNING) {
            // one that is just starting or restarting is no trouble yet
            logger.warn("{}: witness {} does not cosign: {}", log.origin(), node(), message);
        }
        publisher.troubled(node(), message);
        return false;
    }
}
