package se.samsyn.node.release;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.dataset.Period;

/**
 * The periods that no rule releases: those that the configuration holds, always; and those that a person holds, or a restore because
 * records are missing, until a person releases them. What is held stays so over every restart.
 */
public final class HeldPeriods {
    private static final String BETWEEN = " ";

    private final Map<String, Set<Period>> configured;
    private final Store store;
    private final InstantSource clock;

    /**
     * Reads nothing yet.
     *
     * @param configured by dataset
     */
    public HeldPeriods(Map<String, Set<Period>> configured, Store store, InstantSource clock) {
        this.configured = Map.copyOf(configured);
        this.store = store;
        this.clock = clock;
    }

    /** All held periods of a dataset. */
    public Set<Period> of(String dataset) {
        Set<Period> held = new TreeSet<>(configured.getOrDefault(dataset, Set.of()));
        held.addAll(untilReleased().getOrDefault(dataset, new TreeSet<>()));
        return held;
    }

    /** By dataset those that a person must release, or has to say that there is nothing new of. */
    public SortedMap<String, SortedSet<Period>> untilReleased() {
        SortedMap<String, SortedSet<Period>> held = new TreeMap<>();
        store.forEach(Columns.HELD, (key, since) -> {
            int end = key.indexOf(BETWEEN);
            held.computeIfAbsent(key.substring(0, end), dataset -> new TreeSet<>())
                    .add(Period.parse(key.substring(end + BETWEEN.length())));
        });
        return held;
    }

    /** Tells whether the configuration holds a period. */
    boolean isConfigured(String dataset, Period period) {
        return configured.getOrDefault(dataset, Set.of()).contains(period);
    }

    /** Since when a period is held that the configuration does not hold. */
    Optional<Instant> since(String dataset, Period period) {
        return store.get(Columns.HELD, key(dataset, period)).map(Instant::ofEpochSecond);
    }

    /** Holds periods from now on, if they are not held already; on return that is on the disk. */
    public void hold(String dataset, Collection<Period> periods) {
        long now = clock.instant().getEpochSecond();
        List<Period> free = periods.stream()
                .filter(period -> since(dataset, period).isEmpty())
                .toList();
        store.write(
                FailPoint.WRITE_HELD,
                batch -> free.forEach(period -> batch.put(Columns.HELD, key(dataset, period), now)));
    }

    /** A person has released these: the rule may again. */
    void lift(String dataset, Collection<Period> periods) {
        if (periods.stream().anyMatch(period -> since(dataset, period).isPresent())) {
            store.write(
                    FailPoint.WRITE_HELD,
                    batch -> periods.forEach(period -> batch.delete(Columns.HELD, key(dataset, period))));
        }
    }

    private static String key(String dataset, Period period) {
        return dataset + BETWEEN + period;
    }
}
