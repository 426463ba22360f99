package se.samsyn.node.release;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.config.RecordPlan;
import se.samsyn.node.record.DeletionReport;
import se.samsyn.node.record.RecordKind;

/** Imports what was put into the import folder, and deletes what has grown old, on a thread of its own. */
public final class IntakeWorker implements AutoCloseable {
    private static final long STOP_TIMEOUT_SECONDS = 60;
    private static final Logger logger = LoggerFactory.getLogger(IntakeWorker.class);

    private final RecordPlan plan;
    private final Intake intake;
    private final Optional<ImportFolder> folder;
    private final InstantSource clock;
    private final ScheduledExecutorService thread;
    /** Kinds that were imported, and whose release by rule has not come off yet. */
    private final Set<RecordKind> unreleased = EnumSet.noneOf(RecordKind.class);

    private @Nullable LocalDate lastRetention;

    /** Makes it; it works from {@link #start} on. */
    public IntakeWorker(String node, RecordPlan plan, Intake intake, InstantSource clock) {
        this.plan = plan;
        this.intake = intake;
        this.folder = plan.importDirectory().map(path -> new ImportFolder(path, intake, clock));
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "intake-" + node));
    }

    public void start() {
        if (folder.isPresent() || !plan.retentionMonths().isEmpty()) {
            // its failures are logged where they come up
            var unused = thread.scheduleWithFixedDelay(this::work, 0, plan.importMinutes(), TimeUnit.MINUTES);
        }
    }

    /** Waits for the import that is under way. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                logger.warn("an import from the folder is not done within {} s", STOP_TIMEOUT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Deletes what is old if that was not done today, and looks into the folder once, even if the one fails. */
    void work() {
        logFailure(this::deleteWhatIsOld);
        logFailure(this::importFromFolder);
    }

    /** A thrown failure would end the schedule, an error too: a file that takes all memory once must not end the imports for good. */
    private static void logFailure(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            logger.error("{}", e.getMessage(), e);
        }
    }

    private void importFromFolder() {
        folder.ifPresent(from -> unreleased.addAll(from.look()));
        if (!unreleased.isEmpty()) {
            var unused = intake.releaseByRule(unreleased);
            unreleased.clear();
        }
    }

    private void deleteWhatIsOld() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (today.equals(lastRetention)) {
            return;
        }
        for (Map.Entry<RecordKind, Integer> kept : plan.retentionMonths().entrySet()) {
            DeletionReport report = intake.deleteBefore(kept.getKey(), today.minusMonths(kept.getValue()), today);
            if (report.deleted() > 0) {
                logger.info(
                        "{} records of kind {} were deleted, older than {} months",
                        report.deleted(),
                        kept.getKey(),
                        kept.getValue());
            }
        }
        lastRetention = today;
    }
}
