package se.samsyn.node.record;

import java.util.ArrayList;
import java.util.List;

/** Collects the faults of one file: counts all of them, keeps the first. */
final class Faults {
    /** The most faults that a refusal lists; the rest are counted. */
    static final int MAX_LISTED = 1000;

    private final List<Fault> listed = new ArrayList<>();
    private long count;

    void add(long line, String column, String value, String expected) {
        count++;
        if (listed.size() < MAX_LISTED) {
            listed.add(new Fault(line, column, value, expected));
        }
    }

    long count() {
        return count;
    }

    List<Fault> listed() {
        return List.copyOf(listed);
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
