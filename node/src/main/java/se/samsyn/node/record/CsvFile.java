package se.samsyn.node.record;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;
import se.samsyn.node.FileTrouble;

/**
 * A CSV file as RFC 4180 has it, in UTF-8, with commas and a header. A byte order mark at the start is skipped,
 * because spreadsheets write one; line ends may be LF or CR LF. Everything else that is out of order is a fault, not
 * a guess.
 */
final class CsvFile {
    /** The most bytes in a file: 1 GiB. */
    static final long MAX_LENGTH = 1L << 30;

    /** The most rows in a file, the header not counted; more are imported as several files. */
    static final int MAX_ROWS = 5_000_000;

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int BUFFER = 1 << 16;

    private CsvFile() {}

    /** Gives every row, the header first, until {@code each} says no or a fault hides where the next row starts. */
    static void read(ImportFile file, Faults faults, Predicate<CsvLine> each) {
        if (file.length() > MAX_LENGTH) {
            faults.add(0, "", file.length() + " bytes", "at most " + MAX_LENGTH + ": import it as several files");
            return;
        }
        try {
            long badLine = lineOfInvalidUtf8(file);
            if (badLine > 0) {
                faults.add(badLine, "", "bytes that are not UTF-8", "a file saved as UTF-8");
            } else {
                readRows(file, faults, each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the file cannot be read: " + FileTrouble.reason(e), e);
        }
    }

    private static void readRows(ImportFile file, Faults faults, Predicate<CsvLine> each) throws IOException {
        long line = 0;
        try (InputStream in = afterMark(file);
                CloseableIterator<CsvLine> rows = parser(in).iterator()) {
            for (long count = 0; rows.hasNext(); count++) {
                CsvLine row = rows.next();
                line = row.line();
                if (count > MAX_ROWS) {
                    faults.add(line, "", "row " + count, "at most " + MAX_ROWS + " rows: import it as several files");
                    return;
                }
                if (!each.test(row)) {
                    return;
                }
            }
        } catch (CsvParseException e) {
            faults.add(line + 1, "", broken(e), "rows as RFC 4180 writes them; what follows was not read");
        }
    }

    private static CsvReader<CsvLine> parser(InputStream in) {
        return CsvReader.builder()
                .fieldSeparator(',')
                .quoteCharacter('"')
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .trimWhitespacesAroundQuotes(false)
                .detectBomHeader(false)
                .build(new CsvLineHandler(), new InputStreamReader(in, strictDecoder()));
    }

    // The parser may wrap the reason, and adds where the row starts.
    private static String broken(CsvParseException e) {
        Throwable reason = e.getCause() == null ? e : e.getCause();
        return String.valueOf(reason.getMessage()).replaceFirst(" \\(record .*", "");
    }

    private static InputStream afterMark(ImportFile file) throws IOException {
        PushbackInputStream in =
                new PushbackInputStream(new BufferedInputStream(file.opener().open(), BUFFER), MARK.length);
        byte[] start = in.readNBytes(MARK.length);
        if (!Arrays.equals(start, MARK)) {
            in.unread(start);
        }
        return in;
    }

    private static CharsetDecoder strictDecoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** The line of the first byte that is not UTF-8, from 1; 0 if there is none. */
    private static long lineOfInvalidUtf8(ImportFile file) throws IOException {
        CharsetDecoder decoder = strictDecoder();
        CharBuffer chars = CharBuffer.allocate(BUFFER);
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
        long before = 0;
        try (InputStream in = file.opener().open()) {
            for (boolean atEnd = false; !atEnd; ) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                atEnd = read < 0;
                bytes.position(bytes.position() + Math.max(0, read)).flip();
                CoderResult result = decoder.decode(bytes, chars.clear(), atEnd);
                if (result.isError()) {
                    return lineAt(file, before + bytes.position());
                }
                before += bytes.position();
                bytes.compact();
            }
        }
        return 0;
    }

    /** The line of a byte, from 1. */
    private static long lineAt(ImportFile file, long position) throws IOException {
        long line = 1;
        try (InputStream in = new BufferedInputStream(file.opener().open(), BUFFER)) {
            for (long i = 0; i < position; i++) {
                line += in.read() == '\n' ? 1 : 0;
            }
        }
        return line;
    }
}
