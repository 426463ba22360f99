package se.samsyn.node.record;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.FileTrouble;
import se.samsyn.node.store.Scratch;

/**
 * Brings the records of one file into the order of their keys, and those with one key into the order of their lines. A few are sorted in
 * memory; more go to the disk in sorted runs that are merged, so that a file of any length takes the same memory.
 *
 * <p>For one thread. While it reads on, records are encoded and sorted by another one, a batch of records at a time and no more than a few
 * batches behind; a file of less than one batch needs none.
 */
final class RecordSorter implements AutoCloseable {
    /** So many bytes of keys and records are held before a run is written: 16 MiB. */
    static final long MAX_HELD_LENGTH = 16L << 20;

    /** About what one record costs in memory beside its bytes. */
    private static final int OVERHEAD = 96;

    private static final int BATCH = 1000;
    private static final int MAX_UNDER_WAY = 4;
    private static final int BUFFER = 1 << 16;

    private final Scratch scratch;
    private final long maxHeldLength;
    private final List<RunFile> runs = new ArrayList<>();
    private final List<Run> open = new ArrayList<>();
    private final Queue<CompletableFuture<Void>> underWay = new ArrayDeque<>();
    private List<Unsorted> batch = new ArrayList<>();
    private @Nullable ExecutorService worker;
    private List<Sorted> held = new ArrayList<>();
    private long heldLength;
    private @Nullable Path folder;

    /**
     * A record of a file.
     *
     * @param key as UTF-8
     * @param line on which its row starts
     */
    record Sorted(byte[] key, long line, byte[] json) implements Comparable<Sorted> {
        @Override
        public int compareTo(Sorted other) {
            int byKey = Arrays.compareUnsigned(key, other.key);
            return byKey != 0 ? byKey : Long.compare(line, other.line);
        }

        String keyText() {
            return new String(key, StandardCharsets.UTF_8);
        }
    }

    private record Unsorted(StoredRecord record, long line) {}

    /** A file of so many records. */
    private record RunFile(Path file, int count) {}

    /** @param scratch where runs are written */
    RecordSorter(Scratch scratch, long maxHeldLength) {
        this.scratch = scratch;
        this.maxHeldLength = maxHeldLength;
    }

    void add(StoredRecord record, long line) {
        batch.add(new Unsorted(record, line));
        if (batch.size() == BATCH) {
            handOver();
        }
    }

    /** Whether some are on the disk, because there are too many for memory. */
    boolean isLarge() {
        settle();
        return !runs.isEmpty();
    }

    /** All that were added, sorted. To be called once, after the last was added. */
    Iterator<Sorted> sorted() {
        settle();
        if (runs.isEmpty()) {
            held.sort(null);
            return held.iterator();
        }
        if (!held.isEmpty()) {
            writeRun();
        }
        held = List.of();
        PriorityQueue<Run> heads = new PriorityQueue<>();
        for (RunFile file : runs) {
            Run run = new Run(file);
            open.add(run);
            if (run.head().isPresent()) {
                heads.add(run);
            }
        }
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !heads.isEmpty();
            }

            @Override
            public Sorted next() {
                Run run = heads.poll();
                if (run == null) {
                    throw new NoSuchElementException("no more records");
                }
                Sorted next = run.take();
                if (run.head().isPresent()) {
                    heads.add(run);
                }
                return next;
            }
        };
    }

    /** Deletes what was written. */
    @Override
    public void close() {
        if (worker != null) {
            worker.shutdown();
            awaitAll();
        }
        open.forEach(Run::close);
        if (folder != null) {
            Scratch.delete(folder);
        }
    }

    private void handOver() {
        List<Unsorted> full = batch;
        batch = new ArrayList<>(BATCH);
        ExecutorService by = worker;
        if (by == null) {
            by = Executors.newSingleThreadExecutor(task -> new Thread(task, "import-sorter"));
            worker = by;
        }
        if (underWay.size() == MAX_UNDER_WAY) {
            await(underWay.remove());
        }
        underWay.add(CompletableFuture.runAsync(() -> full.forEach(this::hold), by));
    }

    /** Waits for the other thread, and takes what makes no whole batch. */
    private void settle() {
        while (!underWay.isEmpty()) {
            await(underWay.remove());
        }
        batch.forEach(this::hold);
        batch = new ArrayList<>();
    }

    /** Whatever becomes of what is under way: nothing may be written once the folder is deleted. */
    private void awaitAll() {
        underWay.forEach(each -> each.handle((done, failure) -> true).join());
    }

    private static void await(CompletableFuture<Void> one) {
        try {
            one.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw e;
        }
    }

    private void hold(Unsorted unsorted) {
        byte[] key = unsorted.record().key().getBytes(StandardCharsets.UTF_8);
        byte[] json = unsorted.record().encode();
        held.add(new Sorted(key, unsorted.line(), json));
        heldLength += key.length + json.length + OVERHEAD;
        if (heldLength >= maxHeldLength) {
            writeRun();
        }
    }

    private void writeRun() {
        held.sort(null);
        Path in = folder;
        if (in == null) {
            in = scratch.newDirectory();
            folder = in;
        }
        Path file = in.resolve("run-" + runs.size());
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
            for (Sorted record : held) {
                out.writeInt(record.key().length);
                out.write(record.key());
                out.writeLong(record.line());
                out.writeInt(record.json().length);
                out.write(record.json());
            }
        } catch (IOException e) {
            throw trouble("write", file, e);
        }
        runs.add(new RunFile(file, held.size()));
        held = new ArrayList<>();
        heldLength = 0;
    }

    /** A sorted file, read from its start. */
    private static final class Run implements Comparable<Run> {
        private final Path file;
        private final DataInputStream in;
        private int left;
        private Optional<Sorted> head;

        Run(RunFile run) {
            this.file = run.file();
            this.left = run.count();
            try {
                this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
            } catch (IOException e) {
                throw trouble("read", file, e);
            }
            this.head = read();
        }

        Optional<Sorted> head() {
            return head;
        }

        Sorted take() {
            Sorted taken = head.orElseThrow();
            head = read();
            return taken;
        }

        @Override
        public int compareTo(Run other) {
            return head.orElseThrow().compareTo(other.head.orElseThrow());
        }

        void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw trouble("close", file, e);
            }
        }

        private Optional<Sorted> read() {
            if (left == 0) {
                return Optional.empty();
            }
            left--;
            try {
                byte[] key = readBytes();
                long line = in.readLong();
                return Optional.of(new Sorted(key, line, readBytes()));
            } catch (IOException e) {
                throw trouble("read", file, e);
            }
        }

        private byte[] readBytes() throws IOException {
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            return bytes;
        }
    }

    private static UncheckedIOException trouble(String verb, Path file, IOException e) {
        return new UncheckedIOException("cannot " + verb + " " + file + ": " + FileTrouble.reason(e), e);
    }
}
