package se.samsyn.node.record;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * A CSV file as RFC 4180 has it, in UTF-8, with commas and a header. A byte order mark at the start is skipped,
 * because spreadsheets write one; line ends may be LF or CR LF. Everything else that is out of order is a fault, not
 * a guess.
 */
final class CsvFile {
    /** The most bytes in a file: 32 MiB. */
    static final int MAX_LENGTH = 32 << 20;

    /** The most rows in a file, the header not counted; more are imported as several files. */
    static final int MAX_ROWS = 250_000;

    private static final int MARK_LENGTH = 3;
    private static final int DECODE_CHARS = 8192;

    private CsvFile() {}

    /** Gives every row, the header first, until {@code each} says no or a fault hides where the next row starts. */
    static void read(byte[] file, Faults faults, Predicate<CsvLine> each) {
        if (file.length > MAX_LENGTH) {
            faults.add(0, "", file.length + " bytes", "at most " + MAX_LENGTH + ": import it as several files");
            return;
        }
        int start = startsWithMark(file) ? MARK_LENGTH : 0;
        long badLine = lineOfInvalidUtf8(file, start);
        if (badLine > 0) {
            faults.add(badLine, "", "bytes that are not UTF-8", "a file saved as UTF-8");
            return;
        }
        long line = 0;
        try (CloseableIterator<CsvLine> rows = parser(file, start).iterator()) {
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
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does not fail", e);
        }
    }

    private static CsvReader<CsvLine> parser(byte[] file, int start) {
        Reader text = new InputStreamReader(
                new ByteArrayInputStream(file, start, file.length - start), StandardCharsets.UTF_8);
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
                .build(new CsvLineHandler(), text);
    }

    // The parser may wrap the reason, and adds where the row starts.
    private static String broken(CsvParseException e) {
        Throwable reason = e.getCause() == null ? e : e.getCause();
        return String.valueOf(reason.getMessage()).replaceFirst(" \\(record .*", "");
    }

    private static boolean startsWithMark(byte[] file) {
        return file.length >= MARK_LENGTH && file[0] == (byte) 0xEF && file[1] == (byte) 0xBB && file[2] == (byte) 0xBF;
    }

    /** The line of the first byte that is not UTF-8, from 1; 0 if there is none. */
    private static long lineOfInvalidUtf8(byte[] file, int start) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(file, start, file.length - start);
        CharBuffer chars = CharBuffer.allocate(DECODE_CHARS);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(bytes, chars.clear(), true);
        }
        if (!result.isError()) {
            return 0;
        }
        long line = 1;
        for (int i = start; i < bytes.position(); i++) {
            line += file[i] == '\n' ? 1 : 0;
        }
        return line;
    }
}
