package se.samsyn.node.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
 * {@code KIND-ANYTHING.csv}; what is no CSV file is taken for documents of a registry. For one thread at a time.
 */
final class ImportFolder {
    private static final Logger logger = LoggerFactory.getLogger(ImportFolder.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String CSV = ".csv";
    private static final String IMPORTED = "imported";
    private static final String REFUSED = "refused";
    private static final String TOO_LONG = "The file was refused: it has more than " + RecordImport.MAX_FILE_LENGTH
            + " bytes. Import it as several files.\n";

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
     * order of their names.
     *
     * @return the kinds that something was imported of
     * @throws UncheckedIOException if the folder cannot be read, or a file cannot be moved out of it
     */
    Set<RecordKind> look() {
        Set<RecordKind> imported = EnumSet.noneOf(RecordKind.class);
        try {
            SortedMap<Path, Seen> now = files();
            for (RecordKind kind : RecordKind.values()) {
                for (Map.Entry<Path, Seen> file : now.entrySet()) {
                    boolean settled = file.getValue().equals(seen.get(file.getKey()));
                    if (settled && isOf(kind, file.getKey()) && take(kind, file.getKey())) {
                        imported.add(kind);
                    }
                }
            }
            for (Map.Entry<Path, Seen> file : now.entrySet()) {
                boolean settled = file.getValue().equals(seen.get(file.getKey()));
                if (settled && isDocument(file.getKey()) && takeDocuments(file.getKey())) {
                    imported.addAll(EnumSet.of(RecordKind.TRIAL, RecordKind.SITE));
                }
            }
            seen = now;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot import from " + folder + ": " + FileTrouble.reason(e), e);
        }
        return imported;
    }

    private SortedMap<Path, Seen> files() throws IOException {
        Files.createDirectories(folder);
        SortedMap<Path, Seen> files = new TreeMap<>();
        List<Path> found = new ArrayList<>();
        try (Stream<Path> list = Files.list(folder)) {
            list.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(found::add);
        }
        for (Path file : found) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            files.put(
                    file,
                    new Seen(attributes.size(), attributes.lastModifiedTime().toMillis()));
        }
        return files;
    }

    /** Whether the name says that kind: {@code trial.csv} and {@code trial-2024.csv}, but not {@code trial-unit.csv}, are of trials. */
    private static boolean isOf(RecordKind kind, Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(CSV)
                && says(kind, name)
                && Arrays.stream(RecordKind.values())
                        .filter(other -> says(other, name))
                        .allMatch(other ->
                                other.wireName().length() <= kind.wireName().length());
    }

    private static boolean says(RecordKind kind, String name) {
        return name.startsWith(kind.wireName() + "-") || name.equals(kind.wireName() + CSV);
    }

    /** What is no CSV file, and nothing that some program hides while it writes. */
    private static boolean isDocument(Path file) {
        String name = String.valueOf(file.getFileName());
        return !name.endsWith(CSV) && !name.startsWith(".");
    }

    private boolean takeDocuments(Path file) throws IOException {
        if (Files.size(file) > RecordImport.MAX_FILE_LENGTH) {
            move(file, REFUSED, TOO_LONG);
            return false;
        }
        DocumentReport report = intake.importDocuments(String.valueOf(file.getFileName()), Files.readAllBytes(file));
        boolean taken = report.refused().size() < report.documents();
        move(file, taken ? IMPORTED : REFUSED, report.toText());
        return taken;
    }

    private boolean take(RecordKind kind, Path file) throws IOException {
        String report;
        boolean taken = false;
        if (Files.size(file) > RecordImport.MAX_FILE_LENGTH) {
            report = TOO_LONG;
        } else {
            try {
                report = intake.importCsv(kind, Files.readAllBytes(file)).toText();
                taken = true;
            } catch (ImportRefusal e) {
                report = e.toText();
            }
        }
        move(file, taken ? IMPORTED : REFUSED, report);
        return taken;
    }

    private void move(Path file, String to, String report) throws IOException {
        Path there = Files.createDirectories(folder.resolve(to));
        String name = STAMP.format(clock.instant()) + "-" + file.getFileName();
        Path text = there.resolve(name + ".txt");
        Files.writeString(text, report, StandardCharsets.UTF_8);
        Files.move(file, there.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        if (to.equals(REFUSED)) {
            logger.error("{} was refused; {} says why", file, text);
        } else {
            logger.info("{} was imported; {} says what became of its rows", file, text);
        }
    }
}
