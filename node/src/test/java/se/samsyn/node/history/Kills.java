package se.samsyn.node.history;

import java.util.function.Consumer;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.FailPoints;

/** Kills one node before or after a durable write or a signature: the so-manyth that it comes to. */
final class Kills implements FailPoints {
    private final String node;
    private final Consumer<String> told;
    private final Thread thread = Thread.currentThread();
    private int countdown = -1;
    private String target = "";
    private boolean killed;

    /**
     * None planned.
     *
     * @param told is told of each
     */
    Kills(String node, Consumer<String> told) {
        this.node = node;
        this.told = told;
    }

    /** Kills it at the so-manyth moment from now, counting from zero; there are two to each write and each signature. */
    void in(int moments) {
        countdown = moments;
    }

    /** Kills it when it next comes to a write or signature, before or after that. */
    void at(FailPoint point, boolean before) {
        target = (before ? "before " : "after ") + point;
    }

    /** The node starts again. */
    void rearm() {
        killed = false;
    }

    /** No kill is planned any more. */
    void disarm() {
        countdown = -1;
        target = "";
    }

    @Override
    public void before(FailPoint point) {
        pass("before", point);
    }

    @Override
    public void after(FailPoint point) {
        pass("after", point);
    }

    private void pass(String when, FailPoint point) {
        if (Thread.currentThread() != thread || point == FailPoint.WRITE_IDENTITY) {
            // bodies are erased from files by a thread of the store's own, which changes nothing that is read; and a
            // database that has
            // no name yet is not given to anybody who could close it in place of the process that would have ended
            return;
        }
        if (killed) {
            throw new Crash(node, "already");
        }
        if (countdown == 0 || target.equals(when + " " + point)) {
            killed = true;
            disarm();
            told.accept(Request.shortName(node) + " is killed " + when + " " + point);
            throw new Crash(node, when + " " + point);
        }
        if (countdown > 0) {
            countdown--;
        }
    }
}
