package se.samsyn.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock of all the demo's nodes: first behind the machine's by more than a day, and from {@link #moveOn} on the machine's. So the
 * demo shows in a minute what a day without cosignatures makes of a log, and no time in it ever lies ahead of anybody's clock.
 */
final class DemoClock implements InstantSource {
    /** More than the age from which a log is stale. */
    static final Duration BEHIND = Duration.ofHours(27);

    private final InstantSource machine;
    private volatile Duration behind = BEHIND;

    DemoClock(InstantSource machine) {
        this.machine = machine;
    }

    @Override
    public Instant instant() {
        return machine.instant().minus(behind);
    }

    /** Catches up with the machine's clock. */
    void moveOn() {
        behind = Duration.ZERO;
    }
}
