package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What one member's people do all the time: import a trial and its site, release what changed, and now and then hold one year, release
 * it by name and withdraw it. It goes on while the node is away, and keeps what the node acknowledged.
 */
final class CrashWorkload implements AutoCloseable {
    private static final int FIRST_YEAR = 2010;
    private static final int YEARS = 4;
    private static final int WITHDRAWN_YEAR = 2005;
    private static final int WITHDRAWAL_EVERY = 4;

    private final SamsynProcesses samsyn;
    private final String node;
    private final ApiClient client;
    private final long pauseMillis;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "workload");
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final Acknowledged acknowledged;

    /** The numbers of the trials that a node said it has; they outlive the workload, and so does the count that makes new ones. */
    static final class Acknowledged {
        private final Set<String> trials = new ConcurrentSkipListSet<>();
        private final Set<String> sites = new ConcurrentSkipListSet<>();
        private final Set<String> released = new ConcurrentSkipListSet<>();
        private int used;

        Set<String> trials() {
            return new TreeSet<>(trials);
        }

        Set<String> sites() {
            return new TreeSet<>(sites);
        }

        /** Those that a release covered which was acknowledged later than they were. */
        Set<String> released() {
            return new TreeSet<>(released);
        }
    }

    /**
     * Starts it.
     *
     * @param pauseMillis between two imports; every entry makes every later start of every node a little longer
     */
    CrashWorkload(
            SamsynProcesses samsyn, CrashNetwork network, String node, long pauseMillis, Acknowledged acknowledged) {
        this.samsyn = samsyn;
        this.node = node;
        this.client = network.client(node);
        this.pauseMillis = pauseMillis;
        this.acknowledged = acknowledged;
        thread.start();
    }

    /** What the node said no to, which it must not to any of this. */
    List<String> refusals() {
        return new ArrayList<>(refusals);
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                try {
                    int number = acknowledged.used++;
                    importAndRelease(number);
                    if (number % WITHDRAWAL_EVERY == 0) {
                        releaseAndWithdraw(number);
                    }
                } catch (ApiException e) {
                    // the node is away: nothing was acknowledged
                } catch (RefusedException e) {
                    refusals.add(e.getMessage());
                }
            } while (!stopped.await(pauseMillis, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void importAndRelease(int number) {
        RecordUpload upload = importTrial(FIRST_YEAR + number % YEARS, number);
        Set<String> before = acknowledged.sites();
        upload.release();
        before.removeIf(id -> id.startsWith(Integer.toString(WITHDRAWN_YEAR)));
        acknowledged.released.addAll(before);
    }

    private void releaseAndWithdraw(int number) {
        client.post("/api/v1/holds/trials?period=" + WITHDRAWN_YEAR, "application/json", new byte[0]);
        RecordUpload upload = importTrial(WITHDRAWN_YEAR, number);
        upload.release("trials?period=" + WITHDRAWN_YEAR);
        samsyn.tell(node, Integer.toString(WITHDRAWN_YEAR));
    }

    private RecordUpload importTrial(int year, int number) {
        String id = String.format(
                Locale.ROOT, "%d-%d%05d-%02d", year, CrashNetwork.NODES.indexOf(node), number, number % 100);
        RecordUpload upload = new RecordUpload(client);
        upload.send("trial", ("trial_id,registry,start_date\n" + id + ",euctr," + year + "\n").getBytes(UTF_8));
        acknowledged.trials.add(id);
        upload.send("site", ("trial_id,region\n" + id + "," + CrashNetwork.scope(node) + "\n").getBytes(UTF_8));
        acknowledged.sites.add(id);
        return upload;
    }
}
