package se.samsyn.node.settlement;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.peer.PeerClient;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.peer.PeerResponse;
import se.samsyn.node.peer.Peers;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.settlement.SignedSettlement;

/**
 * Brings proposals to those that they are to, on a thread of its own, again and again until they are answered. Each goes to its payer's
 * connection and to no other. One that was refused waits longer: the payer may not know the newest federation root yet.
 */
final class Sender implements AutoCloseable {
    /** Where a proposal is brought. */
    static final String PATH = "/settlement";

    /** Turns that a refused proposal waits. */
    private static final int TURNS_AFTER_REFUSAL = 20;

    private static final int POLLS_PER_TURN = 20;
    private static final int SERVER_ERROR = 500;
    private static final long STOP_TIMEOUT_SECONDS = 40;
    private static final Logger logger = LoggerFactory.getLogger(Sender.class);

    private final Issuer issuer;
    private final Peers peers;
    private final ScheduledThreadPoolExecutor thread;
    private final long intervalMillis;
    /** By the hash of the signed proposal: how many turns it still waits. Only the thread uses it. */
    private final Map<String, Integer> waiting = new TreeMap<>();
    /** By payer. */
    private final Map<String, String> troubles = new ConcurrentHashMap<>();

    Sender(Issuer issuer, Peers peers, ScheduledThreadPoolExecutor thread, int pollMillis) {
        this.issuer = issuer;
        this.peers = peers;
        this.thread = thread;
        this.intervalMillis = (long) pollMillis * POLLS_PER_TURN;
    }

    void start() {
        // its failures are logged where they come up
        var unused = thread.scheduleWithFixedDelay(this::turn, 0, intervalMillis, TimeUnit.MILLISECONDS);
    }

    /** Sends everything that is not answered, soon, what was refused too. */
    void hint() {
        thread.execute(() -> {
            waiting.clear();
            turn();
        });
    }

    /** Why a payer has not answered, if it was asked and did not. */
    Optional<String> trouble(String payer) {
        return Optional.ofNullable(troubles.get(payer));
    }

    /** Waits for the request that is under way. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                logger.warn("a proposal that is being sent did not end within {} s", STOP_TIMEOUT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A thrown failure would end the schedule. */
    private void turn() {
        try {
            for (Settled asked : issuer.unanswered()) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                int turns = waiting.merge(asked.hash().toHex(), -1, Integer::sum);
                if (turns < 1) {
                    waiting.remove(asked.hash().toHex());
                    send(asked);
                }
            }
        } catch (RuntimeException | Error e) {
            logger.error("{}", e.getMessage(), e);
        }
    }

    private void send(Settled asked) {
        String payer = asked.proposal().between().payer();
        Optional<PeerClient> peer = peers.of(payer);
        if (peer.isEmpty()) {
            troubles.put(payer, payer + " is no member of the federation root any more");
            return;
        }
        try {
            PeerResponse answer = peer.get().post(PATH, asked.signed(), SignedSettlement.MAX_LENGTH);
            if (answer.isOk()) {
                issuer.answered(asked, answer.body());
                troubles.remove(payer);
            } else {
                trouble(payer, "it answers " + answer.status() + ": " + answer.shown());
                if (answer.status() < SERVER_ERROR) {
                    waiting.put(asked.hash().toHex(), TURNS_AFTER_REFUSAL);
                }
            }
        } catch (PeerException e) {
            trouble(payer, String.valueOf(e.getMessage()));
        } catch (RefutedException | MalformedException e) {
            trouble(payer, "its answer is none to the proposal: " + e.getMessage());
            waiting.put(asked.hash().toHex(), TURNS_AFTER_REFUSAL);
        }
    }

    private void trouble(String payer, String reason) {
        if (!reason.equals(troubles.put(payer, reason))) {
            logger.warn("{} has not answered what it owes: {}", payer, reason);
        }
    }
}
