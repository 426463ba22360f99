package se.samsyn.node.record;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import se.samsyn.node.FileTrouble;

/**
 * The bytes of a file to import, which are read from their start more than once.
 *
 * @param length in bytes
 * @param opener gives them from their start
 */
record ImportFile(long length, Opener opener) {
    /** Opens the file. */
    interface Opener {
        InputStream open() throws IOException;
    }

    static ImportFile of(byte[] bytes) {
        return new ImportFile(bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    /**
     * A file on the disk, of which no more than a buffer is held in memory.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    static ImportFile of(Path file) {
        try {
            return new ImportFile(Files.size(file), () -> Files.newInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + FileTrouble.reason(e), e);
        }
    }
}
