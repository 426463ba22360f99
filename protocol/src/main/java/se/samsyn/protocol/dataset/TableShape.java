package se.samsyn.protocol.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import se.samsyn.protocol.MalformedException;

/**
 * Where each cell of a table is in a dense array: row-major over code-list positions, the last dimension varying
 * fastest.
 */
public final class TableShape {
    /** Cells of one table. */
    public static final int MAX_CELLS = 1_000_000;

    private final List<CodeList> codeLists;
    private final int cells;

    private TableShape(List<CodeList> codeLists, int cells) {
        this.codeLists = codeLists;
        this.cells = cells;
    }

    static TableShape of(List<Dimension> dimensions) {
        List<CodeList> codeLists = dimensions.stream().map(Dimension::codes).toList();
        long cells = 1;
        for (CodeList codes : codeLists) {
            cells *= codes.size();
            if (cells > MAX_CELLS) {
                throw new MalformedException("a table has more than " + MAX_CELLS + " cells");
            }
        }
        return new TableShape(codeLists, (int) cells);
    }

    public int cells() {
        return cells;
    }

    /**
     * The position of the cell with these codes, one a dimension.
     *
     * @throws MalformedException if there are too many or too few, or one is not in its dimension's code list
     */
    public int position(List<String> codes) {
        if (codes.size() != codeLists.size()) {
            throw new MalformedException(
                    "a cell of this table has " + codeLists.size() + " codes, not " + codes.size() + ": " + codes);
        }
        int position = 0;
        for (int i = 0; i < codes.size(); i++) {
            CodeList list = codeLists.get(i);
            int index = list.indexOf(codes.get(i));
            if (index < 0) {
                throw new MalformedException("code list " + list.name() + " has no code \"" + codes.get(i) + "\"");
            }
            position = position * list.size() + index;
        }
        return position;
    }

    /** Where the code of a cell is in the code list of a dimension, both counted from zero. */
    public int codeIndex(int position, int dimension) {
        int rest = position;
        for (int i = codeLists.size() - 1; i > dimension; i--) {
            rest /= codeLists.get(i).size();
        }
        return rest % codeLists.get(dimension).size();
    }

    /** The codes of a cell, one a dimension: the inverse of {@link #position}. */
    public List<String> codes(int position) {
        if (position < 0 || position >= cells) {
            throw new IndexOutOfBoundsException("a table of " + cells + " cells has no cell " + position);
        }
        List<String> codes = new ArrayList<>();
        int rest = position;
        for (int i = codeLists.size() - 1; i >= 0; i--) {
            CodeList list = codeLists.get(i);
            codes.add(list.codes().get(rest % list.size()).code());
            rest /= list.size();
        }
        Collections.reverse(codes);
        return List.copyOf(codes);
    }
}
