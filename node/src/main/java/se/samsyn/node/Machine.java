package se.samsyn.node;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import se.samsyn.node.log.Appender;
import se.samsyn.node.log.Sequencer;

/**
 * What a node takes from the machine that it runs on, beside its disk and its network: time, chance and threads. A test that gives it
 * others decides what happens when.
 *
 * @param clock the time of day, which may be set back
 * @param nanoTime a clock that never jumps, in nanoseconds
 * @param random bytes that nobody can foresee
 * @param worker makes what one part works on by itself, by a name
 * @param appending how other parts append to the node's own log: they wait until it is written
 */
public record Machine(
        InstantSource clock,
        LongSupplier nanoTime,
        RandomGenerator random,
        Function<String, ScheduledThreadPoolExecutor> worker,
        Function<Sequencer, Appender> appending) {
    /** The one that this process runs on, with a thread a worker. */
    public static Machine real(InstantSource clock) {
        return new Machine(
                clock,
                System::nanoTime,
                new SecureRandom(),
                name -> new ScheduledThreadPoolExecutor(1, task -> new Thread(task, name)),
                sequencer -> sequencer);
    }
}
