package se.samsyn.node.protect;

import java.util.List;

/**
 * Why a cell that holds records is published, pooled or withheld. It has no values: those that may leave are in the
 * draft's content.
 *
 * @param table the name of the table
 * @param codes the codes of the cell, one for each dimension of the table
 */
public record CellExplanation(String table, List<String> codes, Reason reason) {
    public CellExplanation {
        codes = List.copyOf(codes);
    }

    /** The reasons, each with the words that the release officer reads. */
    public enum Reason {
        PUBLISHED("published"),
        FEW_PERSONS("pooled: fewer than k persons"),
        DOMINANCE("pooled: one contributor dominates a sum"),
        POOLED_BEFORE("pooled: an earlier revision pooled it"),
        COVER("pooled: to protect another cell"),
        LINKED("pooled: another table's cell could be told from it"),
        WITHHELD("withheld: all cells together would not hide the few");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
