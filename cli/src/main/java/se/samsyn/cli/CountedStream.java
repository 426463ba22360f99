package se.samsyn.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import se.samsyn.node.FileTrouble;

/** A file that tells how many of its bytes have been read. */
final class CountedStream extends FilterInputStream {
    private final LongConsumer listener;
    private long count;

    private CountedStream(InputStream in, LongConsumer listener) {
        super(in);
        this.listener = listener;
    }

    /** @throws UncheckedIOException if it cannot be read */
    static CountedStream open(Path file, LongConsumer listener) {
        try {
            return new CountedStream(Files.newInputStream(file), listener);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + FileTrouble.reason(e), e);
        }
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            tell(1);
        }
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read > 0) {
            tell(read);
        }
        return read;
    }

    private void tell(int read) {
        count += read;
        listener.accept(count);
    }
}
