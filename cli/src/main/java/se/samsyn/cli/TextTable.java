package se.samsyn.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table for a terminal: the first columns to the left, the others to the right, and never wider than the terminal. */
final class TextTable {
    private static final String GAP = "  ";
    private static final int DEFAULT_WIDTH = 100;
    private static final int MIN_WIDTH = 40;

    private final int labels;
    private final int terminalWidth;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Makes an empty table.
     *
     * @param labels how many of the first columns are labels, repeated in each block
     */
    TextTable(int labels, List<String> header) {
        this(labels, header, terminalWidth());
    }

    /** An empty table for a terminal of some width. */
    TextTable(int labels, List<String> header, int terminalWidth) {
        this.labels = labels;
        this.terminalWidth = terminalWidth;
        rows.add(List.copyOf(header));
    }

    void add(List<String> row) {
        if (row.size() != rows.get(0).size()) {
            throw new IllegalArgumentException("a row has " + row.size() + " columns, the header "
                    + rows.get(0).size());
        }
        rows.add(List.copyOf(row));
    }

    /** Prints the table, in several blocks below each other where its columns do not fit beside each other. */
    void print(PrintWriter out) {
        List<Integer> widths = widths();
        int fixed = 0;
        for (int column = 0; column < labels; column++) {
            fixed += widths.get(column) + GAP.length();
        }
        int first = labels;
        do {
            int last = first;
            int width = fixed;
            while (last < widths.size() && (last == first || width + widths.get(last) <= terminalWidth)) {
                width += widths.get(last) + GAP.length();
                last++;
            }
            printBlock(out, widths, first, last);
            first = last;
            if (first < widths.size()) {
                out.println();
            }
        } while (first < widths.size());
    }

    private void printBlock(PrintWriter out, List<Integer> widths, int first, int last) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < labels; column++) {
                String text = row.get(column);
                line.append(text)
                        .append(" ".repeat(widths.get(column) - length(text)))
                        .append(GAP);
            }
            for (int column = first; column < last; column++) {
                String text = row.get(column);
                line.append(" ".repeat(widths.get(column) - length(text)))
                        .append(text)
                        .append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < rows.get(0).size(); column++) {
            int width = 0;
            for (List<String> row : rows) {
                width = Math.max(width, length(row.get(column)));
            }
            widths.add(width);
        }
        return widths;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static int terminalWidth() {
        try {
            return Math.max(MIN_WIDTH, Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "")));
        } catch (NumberFormatException e) {
            return DEFAULT_WIDTH;
        }
    }
}
