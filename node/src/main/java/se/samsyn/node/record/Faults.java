package se.samsyn.node.record;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Collects the faults of one file, in whatever order they are found: counts all of them, keeps the first of the file. */
final class Faults {
    /** The most faults that a refusal lists; the rest are counted. */
    static final int MAX_LISTED = 1000;

    /** The last of the file on top, to make room for one before it. */
    private final PriorityQueue<Found> listed = new PriorityQueue<>(Comparator.reverseOrder());

    private long count;

    /** @param number of the fault, in the order in which they are found */
    private record Found(Fault fault, long number) implements Comparable<Found> {
        private static final Comparator<Found> IN_THE_FILE =
                Comparator.<Found>comparingLong(found -> found.fault.line()).thenComparingLong(Found::number);

        @Override
        public int compareTo(Found other) {
            return IN_THE_FILE.compare(this, other);
        }
    }

    void add(long line, String column, String value, String expected) {
        count++;
        listed.add(new Found(new Fault(line, column, value, expected), count));
        if (listed.size() > MAX_LISTED) {
            listed.remove();
        }
    }

    long count() {
        return count;
    }

    /** The first of the file, in the order of their lines. */
    List<Fault> listed() {
        return listed.stream().sorted().map(Found::fault).toList();
    }

    /**
     * Ends the import if there was any fault.
     *
     * @throws ImportRefusal with all of them
     */
    void refuse(RecordKind kind) {
        if (count > 0) {
            throw new ImportRefusal(kind, count, listed());
        }
    }
}
