package se.samsyn.node.restore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.fsck.Fsck;
import se.samsyn.node.fsck.FsckFault;
import se.samsyn.node.fsck.FsckReport;
import se.samsyn.node.log.SigningGate;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.Hash;

/**
 * Reads and verifies everything in a running node's store, again and again, as {@code samsyn fsck} does it for a stopped one. What is not
 * as it must be stops signing, and reading goes on; logs are repaired from peers, and once a whole pass finds nothing, signing goes on.
 */
public final class Scrub implements AutoCloseable {
    private static final long FIRST_MINUTES = 5;
    private static final long RETRY_SECONDS = 60;
    private static final long GLANCE_SECONDS = 5;
    private static final int SHOWN_FAULTS = 20;
    private static final String TRIED = "; it is tried again every minute. If it stays so, stop the node and run"
            + " `samsyn restore --from-peers`, which makes a new store beside this one";
    private static final Logger logger = LoggerFactory.getLogger(Scrub.class);

    private final Store store;
    private final String node;
    private final SigningGate gate;
    private final StoreRepair repair;
    private final InstantSource clock;
    private final int hours;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private boolean wanted;
    private boolean passing;
    private long passes;
    private volatile @Nullable Instant last;
    private volatile List<FsckFault> faults = List.of();

    /**
     * Makes it; it starts with {@link #start}.
     *
     * @param gate is shut while something is damaged
     * @param hours from one pass to the next
     */
    public Scrub(Store store, String node, SigningGate gate, StoreRepair repair, InstantSource clock, int hours) {
        this.store = store;
        this.node = node;
        this.gate = gate;
        this.repair = repair;
        this.clock = clock;
        this.hours = hours;
        this.thread = new Thread(this::run, "scrub-" + node);
    }

    public void start() {
        thread.start();
    }

    /**
     * Has the next pass begin now, or once the one that is under way has ended.
     *
     * @return how many {@link #passes} there will be when it has come to its end
     */
    public long now() {
        lock.lock();
        try {
            wanted = true;
            asked.signalAll();
            return passes + (passing ? 2 : 1);
        } finally {
            lock.unlock();
        }
    }

    /** How many passes have come to their end since the node was started. */
    public long passes() {
        lock.lock();
        try {
            return passes;
        } finally {
            lock.unlock();
        }
    }

    /** What the last pass found and could not repair. */
    public List<FsckFault> faults() {
        return faults;
    }

    /** Describes itself: when the last pass ended, and what it found. */
    public void describe(ObjectNode json) {
        Instant time = last;
        if (time != null) {
            json.put("lastPass", time.toString());
        }
        ArrayNode list = json.putArray("faults");
        faults.stream()
                .limit(SHOWN_FAULTS)
                .forEach(fault -> list.addObject()
                        .put("where", fault.where())
                        .put("what", fault.what())
                        .put("next", fault.next()));
        json.put("faultCount", faults.size());
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            pause(gate.isShut() ? 0 : TimeUnit.MINUTES.toSeconds(FIRST_MINUTES));
            while (!Thread.currentThread().isInterrupted()) {
                boolean clean = pass();
                ended();
                pause(clean ? TimeUnit.HOURS.toSeconds(hours) : RETRY_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ended() {
        last = clock.instant();
        lock.lock();
        try {
            passes++;
            passing = false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is time, or somebody asks, or the sequencer has come upon damage itself. */
    private void pause(long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        boolean failing = gate.isFailing();
        lock.lockInterruptibly();
        try {
            while (!wanted && System.nanoTime() < end && (failing || !gate.isFailing())) {
                long rest = Math.min(TimeUnit.SECONDS.toNanos(GLANCE_SECONDS), end - System.nanoTime());
                var unused = asked.awaitNanos(rest);
            }
            wanted = false;
            passing = true;
        } finally {
            lock.unlock();
        }
    }

    /** Reads everything, repairs what can be repaired, and reads everything again; false while something is damaged. */
    private boolean pass() {
        try {
            FsckReport report = read();
            if (!report.isVerified()) {
                found(report, "is being repaired from the other members");
                List<String> done = repair.repair(report);
                done.forEach(line -> logger.warn("repair: {}", line));
                report = read();
                if (!report.isVerified()) {
                    found(report, done.isEmpty() ? report.faults().get(0).next() : String.join("; ", done) + TRIED);
                    return false;
                }
            }
            faults = List.of();
            if (gate.isShut()) {
                gate.open();
            }
            return true;
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                logger.error("the store could not be verified to its end: {}", e.getMessage(), e);
            }
            return false;
        }
    }

    private FsckReport read() {
        return store.atOneMoment(moment -> {
            PacedReader reader = new PacedReader(moment);
            return Fsck.verify(reader, node, Hash.parseHex(reader.network()));
        });
    }

    private void found(FsckReport report, String next) {
        if (Thread.currentThread().isInterrupted()) {
            // the reading was cut short: nothing was found
            throw new IllegalStateException("the node is stopping");
        }
        faults = report.faults();
        FsckFault first = faults.get(0);
        faults.forEach(fault -> logger.error("found damaged in {}: {}", fault.where(), fault.what()));
        gate.shut("the store is damaged (" + faults.size() + (faults.size() == 1 ? " fault" : " faults") + "; "
                + first.where() + ": " + first.what() + "): " + next);
    }
}
