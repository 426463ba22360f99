package se.samsyn.node.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.FileTrouble;
import se.samsyn.node.record.DocumentReport;
import se.samsyn.node.record.ImportRefusal;
import se.samsyn.node.record.RecordImport;
import se.samsyn.node.record.RecordKind;

/**
 * A folder that others put files of records into. A file that has not changed from one look to the next is imported, and moves with a
 * report beside it into {@code imported} or {@code refused}; nothing is ever deleted here. Names of CSV files are {@code KIND.csv} or
 * {@code KIND-ANYTHING.csv}, others are refused; what is no CSV file is taken for documents of a registry. For one thread at a time.
 */
final class ImportFolder {
    private static final Logger logger = LoggerFactory.getLogger(ImportFolder.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String CSV = ".csv";
    private static final String IMPORTED = "imported";
    private static final String REFUSED = "refused";
    private static final String TOO_LONG = "The file was refused: it has more than " + RecordImport.MAX_DOCUMENTS_LENGTH
            + " bytes. Import it as several files.\n";
    private static final String NO_KIND = "The file was refused: its name does not say which kind of record it holds."
            + " Call it KIND.csv or KIND-ANYTHING.csv, where KIND is one of " + RecordKind.names() + ".\n";
    private static final String REPORT = ".txt";

    /** The most characters that are kept of a file's name; with a stamp around them no more than the 255 bytes that file systems take. */
    private static final int MAX_NAME_LENGTH = 50;

    private static final Pattern NOT_PLAIN = Pattern.compile("[^\\p{L}\\p{M}\\p{N}._-]");

    private final Path folder;
    private final Intake intake;
    private final InstantSource clock;
    private Map<Path, Seen> seen = Map.of();

    /** How a file was at a look. */
    private record Seen(long length, long modifiedMillis) {}

    ImportFolder(Path folder, Intake intake, InstantSource clock) {
        this.folder = folder;
        this.intake = intake;
        this.clock = clock;
    }

    /**
     * Looks into the folder once, and imports what is ready: trials first, then their sites, then the rest, documents last, all in the
     * order of their names. A file that cannot be read or moved stays for the next look, is logged, and keeps no other back.
     *
     * @return the kinds that something was imported of
     * @throws UncheckedIOException if the folder cannot be read
     */
    Set<RecordKind> look() {
        List<Path> settled = new ArrayList<>();
        try {
            SortedMap<Path, Seen> now = files();
            now.forEach((file, how) -> {
                if (how.equals(seen.get(file))) {
                    settled.add(file);
                }
            });
            seen = now;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot import from " + folder + ": " + FileTrouble.reason(e), e);
        }
        Set<RecordKind> imported = EnumSet.noneOf(RecordKind.class);
        for (RecordKind kind : RecordKind.values()) {
            settled.stream()
                    .filter(file -> RecordKind.ofFileName(nameOf(file)).equals(Optional.of(kind)))
                    .forEach(file -> attempt(file, () -> take(kind, file, imported)));
        }
        settled.stream()
                .filter(ImportFolder::saysNoKind)
                .forEach(file -> attempt(file, () -> move(file, REFUSED, NO_KIND)));
        settled.stream()
                .filter(ImportFolder::isDocument)
                .forEach(file -> attempt(file, () -> takeDocuments(file, imported)));
        return imported;
    }

    /** What is done with one file. */
    private interface Taking {
        void take() throws IOException;
    }

    private static void attempt(Path file, Taking taking) {
        try {
            taking.take();
        } catch (IOException e) {
            logger.error("{} stays there and is tried again at the next look: {}", file, FileTrouble.reason(e), e);
        } catch (RuntimeException e) {
            logger.error("{} stays there and is tried again at the next look: {}", file, e.getMessage(), e);
        }
    }

    private SortedMap<Path, Seen> files() throws IOException {
        Files.createDirectories(folder);
        List<Path> found;
        try (Stream<Path> list = Files.list(folder)) {
            found = list.toList();
        }
        SortedMap<Path, Seen> files = new TreeMap<>();
        for (Path file : found) {
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isRegularFile()) {
                    files.put(
                            file,
                            new Seen(
                                    attributes.size(),
                                    attributes.lastModifiedTime().toMillis()));
                }
            } catch (NoSuchFileException e) {
                logger.debug("{} was taken away again", file);
            }
        }
        return files;
    }

    private static boolean saysNoKind(Path file) {
        String name = nameOf(file);
        return name.endsWith(CSV)
                && !isHidden(name)
                && RecordKind.ofFileName(name).isEmpty();
    }

    /** What is no CSV file, and nothing that some program hides while it writes. */
    private static boolean isDocument(Path file) {
        String name = nameOf(file);
        return !name.endsWith(CSV) && !isHidden(name);
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".");
    }

    /** In small letters: some systems write TRIAL.CSV. */
    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }

    private void takeDocuments(Path file, Set<RecordKind> imported) throws IOException {
        if (Files.size(file) > RecordImport.MAX_DOCUMENTS_LENGTH) {
            move(file, REFUSED, TOO_LONG);
            return;
        }
        DocumentReport report = intake.importDocuments(String.valueOf(file.getFileName()), Files.readAllBytes(file));
        boolean taken = report.refused().size() < report.documents();
        if (taken) {
            imported.addAll(EnumSet.of(RecordKind.TRIAL, RecordKind.SITE));
        }
        move(file, taken ? IMPORTED : REFUSED, report.toText());
        if (taken && !report.refused().isEmpty()) {
            logger.error(
                    "{} of the documents in {} were refused; its report says why",
                    report.refused().size(),
                    file);
        }
    }

    private void take(RecordKind kind, Path file, Set<RecordKind> imported) throws IOException {
        String report;
        try {
            report = intake.importCsv(kind, file).toText();
        } catch (ImportRefusal e) {
            move(file, REFUSED, e.toText());
            return;
        }
        imported.add(kind);
        move(file, IMPORTED, report);
    }

    private void move(Path file, String to, String report) throws IOException {
        Path there = Files.createDirectories(folder.resolve(to));
        String name = freeName(there, STAMP.format(clock.instant()), plain(String.valueOf(file.getFileName())));
        Path text = there.resolve(name + REPORT);
        Files.writeString(text, report, StandardCharsets.UTF_8);
        try {
            Files.move(file, there.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // a report each look of a file that cannot be moved would fill the folder
            Files.deleteIfExists(text);
            throw e;
        }
        if (to.equals(REFUSED)) {
            logger.error("{} was refused; {} says why", file, text);
        } else {
            logger.info("{} was imported; {} says what became of its rows", file, text);
        }
    }

    /** A name that no file there has: a move would replace it. */
    private static String freeName(Path there, String stamp, String name) {
        String free = stamp + "-" + name;
        for (int i = 2; isTaken(there, free); i++) {
            free = stamp + "-" + i + "-" + name;
        }
        return free;
    }

    private static boolean isTaken(Path there, String name) {
        return Files.exists(there.resolve(name), LinkOption.NOFOLLOW_LINKS)
                || Files.exists(there.resolve(name + REPORT), LinkOption.NOFOLLOW_LINKS);
    }

    /** The end of a name, as far as every file system takes it after a stamp. */
    private static String plain(String name) {
        String plain = NOT_PLAIN.matcher(name).replaceAll("_");
        int points = plain.codePointCount(0, plain.length());
        return plain.substring(plain.offsetByCodePoints(0, Math.max(0, points - MAX_NAME_LENGTH)));
    }
}
