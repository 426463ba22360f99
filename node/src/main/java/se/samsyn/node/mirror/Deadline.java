package se.samsyn.node.mirror;

import java.util.concurrent.TimeUnit;

/** The moment by which something must be done, by the machine's monotonic clock. */
record Deadline(long nanoTime) {
    static Deadline in(long seconds) {
        return new Deadline(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
    }

    boolean hasPassed() {
        return System.nanoTime() - nanoTime > 0;
    }
}
