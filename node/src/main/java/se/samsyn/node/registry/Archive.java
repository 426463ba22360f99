package se.samsyn.node.registry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import se.samsyn.protocol.MalformedException;

/**
 * A ZIP archive, unpacked in memory one entry after the other. Nothing is written anywhere, so what the entries are called does not matter;
 * what a bomb would unpack to is never held.
 */
final class Archive {
    /** How many times longer than the archive its documents may be; trial documents pack some ten times. */
    static final int MAX_RATIO = 200;

    private static final int CHUNK = 16 << 10;

    /** What macOS adds to archives: no documents. */
    private static final String RESOURCE_FORKS = "__MACOSX/";

    private Archive() {}

    /** Whether the bytes start as a ZIP archive does, an empty one included. */
    static boolean isArchive(byte[] file) {
        return file.length > 3
                && file[0] == 'P'
                && file[1] == 'K'
                && ((file[2] == 3 && file[3] == 4) || (file[2] == 5 && file[3] == 6));
    }

    /**
     * Gives every document in the archive.
     *
     * @param each takes the entry's name and content
     * @throws MalformedException if the archive is damaged, encrypted or empty, or breaks a bound; what came before was given
     */
    static void read(String name, byte[] file, BiConsumer<String, byte[]> each) {
        long most = Math.min(RegistryDocuments.MAX_UNPACKED_LENGTH, (long) file.length * MAX_RATIO);
        long unpacked = 0;
        int documents = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.isDirectory() || entry.getName().startsWith(RESOURCE_FORKS)) {
                    continue;
                }
                documents++;
                if (documents > RegistryDocuments.MAX_DOCUMENTS) {
                    throw new MalformedException(name + ": more than " + RegistryDocuments.MAX_DOCUMENTS
                            + " documents: import several archives");
                }
                byte[] bytes = unpack(name, zip, most - unpacked);
                unpacked += bytes.length;
                each.accept(entry.getName(), bytes);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedException(name + ": a damaged or encrypted ZIP archive: " + e.getMessage(), e);
        }
        if (documents == 0) {
            throw new MalformedException(name + ": a ZIP archive without documents");
        }
    }

    private static byte[] unpack(String name, ZipInputStream zip, long most) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int length = zip.read(chunk); length >= 0; length = zip.read(chunk)) {
            bytes.write(chunk, 0, length);
            if (bytes.size() > most) {
                throw new MalformedException(name + ": unpacks to more than " + RegistryDocuments.MAX_UNPACKED_LENGTH
                        + " bytes, or " + MAX_RATIO + " times its length: import several archives");
            }
        }
        return bytes.toByteArray();
    }
}
