package se.samsyn.cli.bench;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the heap is in use, after a collection, while something runs: garbage is collected again and again meanwhile, so what runs is
 * slow and not to be timed.
 */
final class LiveHeap {
    private static final long PAUSE_MILLIS = 50;
    private static final double MEBIBYTE = 1 << 20;

    private LiveHeap() {}

    /**
     * Runs something.
     *
     * @return the most that was found in use, less what is in use before it, in MiB
     */
    static double peakOf(Callable<?> work) throws Exception {
        long before = inUse();
        AtomicLong peak = new AtomicLong(before);
        CountDownLatch done = new CountDownLatch(1);
        Thread sampler = new Thread(() -> sample(peak, done), "live-heap");
        sampler.start();
        try {
            var unused = work.call();
        } finally {
            done.countDown();
            sampler.join();
        }
        return (peak.get() - before) / MEBIBYTE;
    }

    private static void sample(AtomicLong peak, CountDownLatch done) {
        try {
            do {
                peak.accumulateAndGet(inUse(), Math::max);
            } while (!done.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long inUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
