package se.samsyn.node.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CsvFileTest {
    private final Faults faults = new Faults();

    @Test
    void readsQuotesCommasAndLineBreaks() {
        List<CsvLine> rows = read("a,b\n\"x,\"\"y\"\"\",\"two\nlines\"\nlast,\"\"");

        assertThat(rows)
                .extracting(CsvLine::cells)
                .containsExactly(List.of("a", "b"), List.of("x,\"y\"", "two\nlines"), List.of("last", ""));
        assertThat(rows).extracting(CsvLine::line).containsExactly(1L, 2L, 4L);
        assertThat(faults.count()).isZero();
    }

    @Test
    void readsTheSameWithAByteOrderMarkAndWithWindowsLineEnds() {
        assertThat(read("\uFEFFa,b\r\n1,å\r\n")).isEqualTo(read("a,b\n1,å\n"));
    }

    @Test
    void keepsAByteOrderMarkThatIsNotAtTheStart() {
        assertThat(read("a\n\uFEFFb\n").get(1).cells()).containsExactly("\uFEFFb");
    }

    @Test
    void givesNoRowAfterTheLastLineEnd() {
        assertThat(read("a,b\n1,2\n")).hasSize(2);
        assertThat(read("")).isEmpty();
    }

    @Test
    void passesRowsOfAnyWidth() {
        assertThat(read("a,b\n1\n1,2,3\n"))
                .extracting(row -> row.cells().size())
                .containsExactly(2, 1, 3);
    }

    @Test
    void namesALineThatIsEmpty() {
        assertThat(read("a,b\n\n1,2\n")).extracting(CsvLine::flaw).containsExactly("", "an empty line", "");
    }

    @Test
    void namesAQuotationMarkInsideAnUnquotedCell() {
        assertThat(read("a,b\n1,x\"y\n").get(1).flaw()).contains("quotation mark");
    }

    @Test
    void namesACellThatIsTooLong() {
        assertThat(read("a\n" + "x".repeat(CsvLineHandler.MAX_CELL_LENGTH) + "\n")
                        .get(1)
                        .flaw())
                .isEmpty();
        assertThat(read("a\n" + "x".repeat(CsvLineHandler.MAX_CELL_LENGTH + 1) + "\n")
                        .get(1)
                        .flaw())
                .contains("more than 4000 characters");
    }

    @Test
    void namesARowThatIsTooWide() {
        assertThat(read("a" + ",".repeat(CsvLineHandler.MAX_CELLS) + "\n")
                        .get(0)
                        .flaw())
                .contains("more than 100 cells");
    }

    @Test
    void refusesTextAfterAClosingQuote() {
        assertThat(read("a,b\n1,2\n\"x\"y,2\n3,4\n")).hasSize(2);
        assertThat(faults.listed())
                .singleElement()
                .satisfies(fault -> assertThat(fault.line()).isEqualTo(3));
    }

    @Test
    void refusesAQuoteThatIsNeverClosed() {
        read("a,b\n1,2\n3,\"x\n4,5\n");

        assertThat(faults.listed())
                .singleElement()
                .satisfies(fault -> assertThat(fault.line()).isEqualTo(3));
    }

    @Test
    void refusesBytesThatAreNotUtf8AndNamesTheirLine() {
        read("a,b\n1,2\n1,Malm\u00f6\n".getBytes(ISO_8859_1));

        assertThat(faults.listed())
                .containsExactly(new Fault(3, "", "bytes that are not UTF-8", "a file saved as UTF-8"));
    }

    @Test
    void refusesAFileThatIsCutInTheMiddleOfALetter() {
        byte[] whole = "a\nö".getBytes(UTF_8);

        read(java.util.Arrays.copyOf(whole, whole.length - 1));

        assertThat(faults.listed())
                .singleElement()
                .satisfies(fault -> assertThat(fault.line()).isEqualTo(2));
    }

    @Test
    void refusesAFileThatIsTooLong() {
        CsvFile.read(new ImportFile(CsvFile.MAX_LENGTH + 1, InputStream::nullInputStream), faults, row -> true);

        assertThat(faults.listed())
                .singleElement()
                .satisfies(fault -> assertThat(fault.toText())
                        .isEqualTo(
                                "the file: 1073741825 bytes; expected at most 1073741824: import it as several files"));
    }

    @Test
    void refusesAFileWithTooManyRows() {
        assertThat(countRows("a\n" + "1\n".repeat(CsvFile.MAX_ROWS))).isEqualTo(CsvFile.MAX_ROWS + 1);
        assertThat(faults.count()).isZero();

        countRows("a\n" + "1\n".repeat(CsvFile.MAX_ROWS + 1));

        assertThat(faults.listed())
                .singleElement()
                .satisfies(
                        fault -> assertThat(fault.toText())
                                .isEqualTo(
                                        "line 5000002: row 5000001; expected at most 5000000 rows: import it as several files"));
    }

    private long countRows(String csv) {
        long[] rows = {0};
        CsvFile.read(ImportFile.of(csv.getBytes(UTF_8)), faults, row -> ++rows[0] > 0);
        return rows[0];
    }

    private List<CsvLine> read(String csv) {
        return read(csv.getBytes(UTF_8));
    }

    private List<CsvLine> read(byte[] csv) {
        List<CsvLine> rows = new ArrayList<>();
        CsvFile.read(ImportFile.of(csv), faults, rows::add);
        return rows;
    }
}
