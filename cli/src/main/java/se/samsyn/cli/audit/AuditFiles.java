package se.samsyn.cli.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import se.samsyn.protocol.audit.AuditBundle;

/** Reads bundles from the disk, and leaves them there as folders. */
public final class AuditFiles {
    /** What a bundle is called beside the files that it holds. */
    public static final String BUNDLE = "bundle.zip";

    /** What of a folder belongs to a bundle. */
    private static final Set<String> PARTS = new TreeSet<>(
            List.of("root.note", "root", "policy.txt", "policy", "log", "definition", "evidence", "view"));

    private AuditFiles() {}

    /**
     * Reads a file or folder.
     *
     * @throws AuditException if it cannot be read or is neither
     * @throws se.samsyn.protocol.MalformedException if it is meant as a bundle and is malformed
     */
    public static AuditBundle bundle(Path path) {
        if (Files.isDirectory(path)) {
            return AuditBundle.ofFolder(folder(path));
        }
        byte[] bytes = bytes(path);
        if (!AuditBundle.isContainer(bytes)) {
            throw new AuditException(
                    path + " is no audit bundle and no folder; name one of them, such as bundle.zip or demo-out");
        }
        return AuditBundle.parse(bytes);
    }

    /**
     * Writes the files of a bundle into a folder.
     *
     * @param files by path, with slashes
     * @throws AuditException if one cannot be written
     */
    public static void write(Map<String, byte[]> files, Path folder) {
        files.forEach((path, bytes) -> {
            Path file = folder.resolve(path);
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.write(file, bytes);
            } catch (IOException e) {
                throw new AuditException("cannot write " + file + ": " + reason(e), e);
            }
        });
    }

    /** The names in a folder that are no part of a bundle, sorted. */
    static List<String> others(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> names = Files.list(folder)) {
            return names.map(path -> path.getFileName().toString())
                    .filter(name -> !PARTS.contains(name) && !name.equals(BUNDLE))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AuditException("cannot read " + folder + ": " + reason(e), e);
        }
    }

    static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > AuditBundle.MAX_LENGTH) {
                throw new AuditException(file + " has more than " + AuditBundle.MAX_LENGTH + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AuditException("cannot read " + file + ": " + reason(e), e);
        }
    }

    private static Map<String, byte[]> folder(Path folder) {
        Map<String, byte[]> files = new TreeMap<>();
        long length = 0;
        for (Path file : files(folder)) {
            if (!Files.isRegularFile(file)) {
                throw new AuditException("cannot read " + file + ": it is no regular file");
            }
            byte[] bytes = bytes(file);
            length += bytes.length;
            if (length > AuditBundle.MAX_LENGTH || files.size() >= AuditBundle.MAX_FILES) {
                throw new AuditException(folder + " has more than " + AuditBundle.MAX_LENGTH + " bytes or "
                        + AuditBundle.MAX_FILES + " files, the bounds of a bundle");
            }
            files.put(
                    StreamSupport.stream(folder.relativize(file).spliterator(), false)
                            .map(Path::toString)
                            .collect(Collectors.joining("/")),
                    bytes);
        }
        return files;
    }

    private static List<Path> files(Path folder) {
        return PARTS.stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .flatMap(part -> {
                    try (Stream<Path> below = Files.walk(part)) {
                        return below.filter(path -> !Files.isDirectory(path)).toList().stream();
                    } catch (IOException e) {
                        throw new AuditException("cannot read " + part + ": " + reason(e), e);
                    } catch (UncheckedIOException e) {
                        throw new AuditException("cannot read " + part + ": " + e.getMessage(), e);
                    }
                })
                .toList();
    }

    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        return String.valueOf(failure.getMessage());
    }
}
