package se.samsyn.node.ops;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import se.samsyn.node.FileTrouble;

/**
 * The folder that a node's backups are in. What has a backup's name is whole: one gets its name when it is complete and on the disk, and
 * loses it before it is deleted. Both happen in a folder beside, whose content is nothing but what a kill left. Backups of other nodes and
 * other files are let be.
 */
final class BackupFolder {
    private static final String TIME = "(\\d{4}-\\d\\d-\\d\\dT\\d{6}Z)(?:-(\\d{1,3}))?";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);

    private final Path directory;
    private final Path dataDirectory;
    private final String node;
    private final Pattern name;
    private final Path unfinished;

    BackupFolder(Path directory, Path dataDirectory, String node) {
        this.directory = directory;
        this.dataDirectory = dataDirectory;
        this.node = node;
        this.name = Pattern.compile(Pattern.quote(node) + "-" + TIME);
        this.unfinished = directory.resolve("." + node + ".unfinished");
    }

    Path directory() {
        return directory;
    }

    /** The backups of this node, the oldest first. */
    List<Backup> list() {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(Files::isDirectory)
                    .flatMap(each -> backup(each).stream())
                    .sorted(Comparator.comparing(Backup::time)
                            .thenComparing(each -> each.name().length())
                            .thenComparing(Backup::name))
                    .toList();
        } catch (IOException e) {
            throw trouble("cannot list the backups in " + directory, e);
        }
    }

    /**
     * Makes a backup; what an interrupted one left goes first.
     *
     * @param copy makes the copy at a path
     */
    Backup add(Instant time, Consumer<Path> copy) {
        prepare();
        Path made = unfinished.resolve("store");
        try {
            copy.accept(made);
        } catch (RuntimeException e) {
            // half a backup must not keep a disk full
            clean();
            throw e;
        }
        Path place = free(node + "-" + STAMP.format(time));
        try {
            Files.setPosixFilePermissions(made, OWNER_ONLY);
            Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
            sync();
        } catch (IOException e) {
            throw trouble("cannot finish the backup " + place, e);
        }
        clean();
        return backup(place).orElseThrow();
    }

    /** Deletes a backup; one that is deleted in part has no backup's name any more. */
    void delete(Backup backup) {
        try {
            if (!Files.exists(unfinished)) {
                Files.createDirectory(unfinished, PRIVATE);
            }
            Files.move(backup.directory(), unfinished.resolve(backup.name()), StandardCopyOption.ATOMIC_MOVE);
            sync();
        } catch (IOException e) {
            throw trouble("cannot delete the backup " + backup.directory(), e);
        }
        clean();
    }

    /** Deletes what an interrupted backup, or the deletion of one, has left. */
    void clean() {
        if (!Files.exists(unfinished)) {
            return;
        }
        try (Stream<Path> files = Files.walk(unfinished)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw trouble("cannot delete " + unfinished + ", which an interrupted backup left", e);
        }
    }

    private void prepare() {
        try {
            if (!Files.exists(directory)) {
                Path parent = directory.resolveSibling("");
                if (!Files.isDirectory(parent)) {
                    throw new BackupException("there is no folder " + parent + " for backupDirectory " + directory
                            + "; is its disk attached? If so, make the folder");
                }
                Files.createDirectory(directory, PRIVATE);
            }
            if (directory.toRealPath().startsWith(dataDirectory.toRealPath())) {
                throw new BackupException("backupDirectory " + directory + " is in the data folder " + dataDirectory
                        + ", with which it would be lost; name a folder elsewhere, better on another disk");
            }
            clean();
            Files.createDirectory(unfinished, PRIVATE);
        } catch (IOException e) {
            throw trouble("cannot write to backupDirectory " + directory, e);
        }
    }

    private Path free(String wanted) {
        Path free = directory.resolve(wanted);
        for (int number = 2; Files.exists(free); number++) {
            free = directory.resolve(wanted + "-" + number);
        }
        return free;
    }

    /** A new name is there after a loss of power too. */
    private void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Optional<Backup> backup(Path folder) {
        Matcher matcher = name.matcher(String.valueOf(folder.getFileName()));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Instant time;
        try {
            time = STAMP.parse(matcher.group(1), Instant::from);
        } catch (DateTimeException e) {
            // somebody else's: no month has 32 days
            return Optional.empty();
        }
        return Optional.of(new Backup(folder, time.truncatedTo(ChronoUnit.SECONDS), length(folder)));
    }

    private static long length(Path folder) {
        long length = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                length += Files.isRegularFile(file) ? Files.size(file) : 0;
            }
            return length;
        } catch (IOException e) {
            throw trouble("cannot read the backup " + folder, e);
        }
    }

    private static BackupException trouble(String what, IOException e) {
        return new BackupException(what + ": " + FileTrouble.reason(e), e);
    }
}
