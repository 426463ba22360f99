package se.samsyn.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a store, as somebody sees them who goes through the disk. */
public final class StoreFiles {
    private static final Pattern SALT = Pattern.compile("\"salt\":\"([0-9a-f]{64})\"");

    private StoreFiles() {}

    /** The salt of a body, as it stands in it. */
    public static String saltOf(byte[] body) {
        Matcher salt = SALT.matcher(new String(body, UTF_8));
        if (!salt.find()) {
            throw new AssertionError("no salt in " + new String(body, UTF_8));
        }
        return salt.group(1);
    }

    /** The names of the files under a folder that contain a text, whatever they are. */
    public static List<String> containing(String text, Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, text))
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (UncheckedIOException | IOException e) {
            // one that the database deleted meanwhile: look again
            return List.of("files come and go");
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1).contains(text);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a store's files as they are at this moment, as a backup by hand does. */
    public static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with all that is in it. */
    public static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
