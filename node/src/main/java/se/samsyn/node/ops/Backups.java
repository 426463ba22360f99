package se.samsyn.node.ops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.config.BackupPlan;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.store.Column;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.Copies;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreException;
import se.samsyn.node.store.StoreMark;
import se.samsyn.protocol.RefutedException;

/**
 * Makes backups of a node's store, one at a time, and takes old ones away: those that are more than are kept, and after an erasure all that
 * were made before it. For then a new one is made from the store that the bodies have left, and none of the others can have them. The old
 * ones stay, which is told, while they may be worth more than what they must lose: while the store is damaged, and if they have records
 * that it lacks.
 */
public final class Backups implements Copies {
    private static final Logger logger = LoggerFactory.getLogger(Backups.class);

    private final String node;
    private final Optional<BackupPlan> plan;
    private final Optional<BackupFolder> folder;
    private final InstantSource clock;
    private volatile @Nullable Backup newest;
    private volatile @Nullable String trouble;
    private volatile @Nullable String erasureTrouble;

    /** Those of a node, if its configuration says where; nothing is read or written yet. */
    public Backups(NodeConfig config, InstantSource clock) {
        this.node = config.node();
        this.plan = config.backups();
        this.folder = plan.map(where -> new BackupFolder(where.directory(), config.dataDirectory(), node));
        this.clock = clock;
    }

    /** Tells whether the configuration says where backups are made. */
    public boolean isConfigured() {
        return folder.isPresent();
    }

    /**
     * Makes one now.
     *
     * @throws RefutedException if the configuration names no folder for it, or the store is not sound
     * @throws BackupException if it cannot be made
     */
    public synchronized Backup make(Store store) {
        BackupFolder where = folder.orElseThrow(() -> new RefutedException(node
                + " makes no backups: its configuration names no backupDirectory."
                + " Add one, better on another disk, and start the node again"));
        try {
            requireSound(store, "a backup of it could take the place of a sound one");
            Backup made = copy(where, store);
            List<Backup> others = others(where, made);
            int surplus = others.size() + 1 - plan.map(BackupPlan::kept).orElse(BackupPlan.DEFAULT_KEPT);
            others.stream().limit(Math.max(0, surplus)).forEach(where::delete);
            trouble = null;
            return made;
        } catch (RefutedException | BackupException e) {
            trouble = e.getMessage();
            throw e;
        }
    }

    /** Makes a new backup in place of all that were made before, if there are any. */
    @Override
    public synchronized void erased(Store store) {
        folder.ifPresent(where -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            store.write(FailPoint.WRITE_MARK, batch -> batch.mark(StoreMark.ERASED, now.toString()));
            where.clean();
            replace(where, where.list(), store);
        });
    }

    /** Does what is due: a backup, and, where older ones came back with their disk, the replacement of those. */
    public synchronized void watch(Store store) {
        folder.ifPresent(where -> {
            List<Backup> all = where.list();
            newest = last(all);
            Optional<Instant> erased = store.marked(StoreMark.ERASED).map(Instant::parse);
            if (erased.filter(time -> all.stream().anyMatch(each -> each.time().isBefore(time)))
                    .isPresent()) {
                replace(where, all, store);
            } else if (isDue()) {
                Backup made = make(store);
                logger.info("made the backup {} ({} bytes)", made.directory(), made.length());
            }
        });
    }

    /** What keeps backups from being made, or from losing what was retracted; empty if nothing. */
    public List<String> troubles() {
        return Stream.of(
                        Optional.ofNullable(trouble).map(text -> "no backup: " + text),
                        Optional.ofNullable(erasureTrouble))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The newest one, as far as is known without looking. */
    public Optional<Backup> newest() {
        return Optional.ofNullable(newest);
    }

    /** Describes itself: where backups are made, and the newest one. */
    public void describe(ObjectNode json) {
        plan.ifPresent(where -> json.put("directory", where.directory().toString()));
        newest().ifPresent(backup -> json.set("newest", backup.toJson()));
    }

    private boolean isDue() {
        Backup last = newest;
        return plan.filter(where -> where.hours().isPresent())
                .map(where -> Duration.ofHours(where.hours().getAsInt()))
                .filter(interval ->
                        last == null || !clock.instant().isBefore(last.time().plus(interval)))
                .isPresent();
    }

    private Backup copy(BackupFolder where, Store store) {
        Instant begun = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        try {
            Backup made =
                    where.add(begun, target -> store.copyTo(target, "it was put back from the backup of " + begun));
            newest = made;
            return made;
        } catch (StoreException e) {
            throw new BackupException(e.getMessage() + ". No backup was made; the older ones are as they were", e);
        }
    }

    private static List<Backup> others(BackupFolder where, Backup made) {
        return where.list().stream()
                .filter(each -> !each.directory().equals(made.directory()))
                .toList();
    }

    private void replace(BackupFolder where, List<Backup> before, Store store) {
        try {
            if (!before.isEmpty()) {
                requireSound(store, "one of these may be needed to put it right");
                before.forEach(backup -> requireItsRecords(backup, store));
                Backup made = copy(where, store);
                others(where, made).forEach(where::delete);
                logger.info("deleted bodies have left the backups too: {} is the only one now", made.directory());
            }
            erasureTrouble = null;
        } catch (RefutedException | BackupException | StoreException e) {
            erasureTrouble = "backups in " + where.directory()
                    + " may still have bodies that were retracted, which is tried again: " + e.getMessage();
            throw new BackupException(erasureTrouble, e);
        }
    }

    private static void requireSound(Store store, String otherwise) {
        store.marked(StoreMark.DAMAGED).ifPresent(damage -> {
            throw new RefutedException(damage + ". As long as it is so, " + otherwise
                    + "; `samsyn status` says what to do about the store");
        });
    }

    /** Nobody else has a region's records: what the store lacks of them must not go with a backup. */
    private static void requireItsRecords(Backup backup, Store store) {
        long[] lacking = {0};
        try (Store copy = Store.openReadOnly(backup.directory())) {
            for (Column<String, byte[]> column : Columns.RECORDS) {
                copy.forEach(
                        column,
                        (key, record) -> lacking[0] += store.get(column, key).isPresent() ? 0 : 1);
            }
        }
        if (lacking[0] > 0) {
            throw new BackupException(
                    backup.directory() + " has records (" + lacking[0]
                            + ") that the store lacks. Import the files again that they came from, or move the backup away or delete it");
        }
    }

    private static @Nullable Backup last(List<Backup> all) {
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }
}
