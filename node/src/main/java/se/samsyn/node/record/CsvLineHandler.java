package se.samsyn.node.record;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.ArrayList;
import java.util.List;

/** Makes rows from what the CSV parser reports, and notes what the parser tolerates and RFC 4180 does not. */
final class CsvLineHandler extends CsvCallbackHandler<CsvLine> {
    /** The most characters in a cell. */
    static final int MAX_CELL_LENGTH = 4000;

    /** The most cells in a row. */
    static final int MAX_CELLS = 100;

    private List<String> cells = new ArrayList<>();
    private long line;
    private String flaw = "";

    @Override
    protected RecordType getRecordType() {
        return RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
        return cells.size();
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
        line = startingLineNumber;
        cells = new ArrayList<>();
        flaw = "";
    }

    @Override
    protected void addField(char[] buffer, int offset, int length, boolean quoted) {
        if (length > MAX_CELL_LENGTH) {
            flaw = "a cell of more than " + MAX_CELL_LENGTH + " characters";
        } else if (cells.size() == MAX_CELLS) {
            flaw = "more than " + MAX_CELLS + " cells";
        } else {
            String cell = new String(buffer, offset, length);
            if (!quoted && cell.indexOf('"') >= 0) {
                flaw = "a quotation mark inside a cell that does not start with one";
            }
            cells.add(cell);
        }
    }

    @Override
    protected void setComment(char[] buffer, int offset, int length) {
        throw new IllegalStateException("the parser was told that there are no comments");
    }

    @Override
    protected void setEmpty() {
        cells.add("");
        flaw = "an empty line";
    }

    @Override
    protected CsvLine buildRecord() {
        return new CsvLine(line, cells, flaw);
    }
}
