package se.samsyn.node.history;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A worker without a thread: what it is given waits until somebody has it done, in order, once its time has come. */
final class QueuedWorker extends ScheduledThreadPoolExecutor {
    private final InstantSource clock;
    private final List<Task> waiting = new ArrayList<>();

    private static final class Task extends FutureTask<Object> implements RunnableScheduledFuture<Object> {
        private final Runnable work;
        private final Instant due;

        Task(Runnable work, Instant due) {
            super(work, due);
            this.work = work;
            this.due = due;
        }

        @Override
        public boolean isPeriodic() {
            return false;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }

    QueuedWorker(InstantSource clock) {
        super(0);
        this.clock = clock;
    }

    /** Does the first task whose time has come; false if there is none. What it throws goes to the caller. */
    boolean runOne() {
        for (int i = 0; i < waiting.size(); i++) {
            if (!waiting.get(i).due.isAfter(clock.instant())) {
                waiting.remove(i).work.run();
                return true;
            }
        }
        return false;
    }

    int waiting() {
        return waiting.size();
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(new Task(task, clock.instant()));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Task scheduled = new Task(task, clock.instant().plus(Duration.ofNanos(unit.toNanos(delay))));
        waiting.add(scheduled);
        return scheduled;
    }

    @Override
    public <T> ScheduledFuture<T> schedule(Callable<T> task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("nothing in a node schedules what gives a value");
    }

    @Override
    public List<Runnable> shutdownNow() {
        waiting.clear();
        return super.shutdownNow();
    }

    @Override
    public java.util.concurrent.BlockingQueue<Runnable> getQueue() {
        java.util.concurrent.BlockingQueue<Runnable> copy = new java.util.concurrent.LinkedBlockingQueue<>();
        Collection<Task> tasks = waiting;
        copy.addAll(tasks);
        return copy;
    }
}
