package se.samsyn.node.config;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Where a node makes backups of its store.
 *
 * @param directory the folder that they are made in; not in the store's own
 * @param hours how long after the newest one the next is made by itself; none are if absent
 * @param kept how many stay
 */
public record BackupPlan(Path directory, OptionalInt hours, int kept) {
    /** Default of {@code backupsKept}. */
    public static final int DEFAULT_KEPT = 3;
}
