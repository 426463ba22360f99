package se.samsyn.node.fsck;

import java.util.ArrayList;
import java.util.List;

/** The faults of one part of a store as they are found, with what to do about that part; a fault does not end the check. */
final class Faults {
    private final String where;
    private final String next;
    private final List<FsckFault> found = new ArrayList<>();

    Faults(String where, String next) {
        this.where = where;
        this.next = next;
    }

    void add(String what) {
        found.add(new FsckFault(where, what, next));
    }

    /** Runs one check; what it throws is a fault, for it is about data that anything may have happened to. */
    void guard(String subject, Runnable check) {
        try {
            check.run();
        } catch (RuntimeException e) {
            add(subject + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }

    List<FsckFault> list() {
        return List.copyOf(found);
    }
}
