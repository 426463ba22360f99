package se.samsyn.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/**
 * How far long work has come, on one line that is written over: how much of how many bytes, and how long the rest takes at the pace so far.
 * It is written only where a person sees it, and is gone when the work is done.
 */
final class ProgressLine implements AutoCloseable {
    private static final String START_OF_LINE = "\r";
    private static final String ERASE_TO_END = "\u001b[K";
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration UNTIL_PACE_IS_KNOWN = Duration.ofSeconds(1);
    private static final double MEBIBYTE = 1 << 20;
    private static final int HUNDRED = 100;
    private static final int SECONDS_A_MINUTE = 60;

    private final PrintWriter out;
    private final boolean isSeen;
    private final InstantSource clock;
    private final String what;
    private final long total;
    private final long startMillis;
    private long shownMillis;
    private boolean isThere;

    /**
     * @param out where it is written
     * @param isSeen whether that is a terminal
     * @param what the work is about
     * @param total bytes of the whole
     */
    ProgressLine(PrintWriter out, boolean isSeen, InstantSource clock, String what, long total) {
        this.out = out;
        this.isSeen = isSeen;
        this.clock = clock;
        this.what = what;
        this.total = total;
        this.startMillis = clock.millis();
        this.shownMillis = startMillis;
    }

    /**
     * One on the terminal that the program was started from; where there is none that takes escape sequences, or the output goes elsewhere,
     * it shows nothing.
     */
    static ProgressLine onTerminal(PrintWriter out, String what, long total) {
        return new ProgressLine(out, Ansi.AUTO.enabled(), InstantSource.system(), what, total);
    }

    /** So many bytes of the whole are done. */
    void at(long done) {
        long now = clock.millis();
        if (isSeen && now - shownMillis >= INTERVAL.toMillis()) {
            shownMillis = now;
            show(String.format(
                    Locale.ROOT,
                    "%s: %d %% of %.1f MiB%s",
                    what,
                    total == 0 ? HUNDRED : done * HUNDRED / total,
                    total / MEBIBYTE,
                    left(done, now - startMillis)));
        }
    }

    /** What follows takes a time that nobody knows. */
    void then(String doing) {
        if (isSeen) {
            show(what + ": " + doing);
        }
    }

    @Override
    public void close() {
        if (isThere) {
            out.print(START_OF_LINE + ERASE_TO_END);
            out.flush();
        }
    }

    private String left(long done, long millis) {
        if (done == 0 || millis < UNTIL_PACE_IS_KNOWN.toMillis()) {
            return "";
        }
        long seconds = Math.round(
                (double) millis * (total - done) / done / Duration.ofSeconds(1).toMillis());
        return seconds < 2 * SECONDS_A_MINUTE
                ? ", " + seconds + " s left"
                : ", " + seconds / SECONDS_A_MINUTE + " min left";
    }

    private void show(String text) {
        isThere = true;
        out.print(START_OF_LINE + text + ERASE_TO_END);
        out.flush();
    }
}
