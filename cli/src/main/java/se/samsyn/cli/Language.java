package se.samsyn.cli;

/** The language of a printed view: its labels, headings and explanations. Names of datasets, dimensions and measures stay as they are. */
public enum Language {
    en(
            "total",
            "sum",
            " to ",
            "%d of %d members told their part of every period%n",
            "%d trial on which members disagree is counted once, by rule%n",
            "%d trials on which members disagree are counted once, by rule%n"),
    sv(
            "totalt",
            "summa",
            " till ",
            "%d av %d medlemmar har redovisat sin del av varje period%n",
            "%d prövning som medlemmar redovisar olika räknas en gång, enligt regel%n",
            "%d prövningar som medlemmar redovisar olika räknas en gång, enligt regel%n");

    final String total;
    final String sum;
    final String range;
    final String coverage;
    private final String oneConflict;
    private final String conflicts;

    Language(String total, String sum, String range, String coverage, String oneConflict, String conflicts) {
        this.total = total;
        this.sum = sum;
        this.range = range;
        this.coverage = coverage;
        this.oneConflict = oneConflict;
        this.conflicts = conflicts;
    }

    /** The format of the line on trials that members tell differently. */
    String conflicts(long count) {
        return count == 1 ? oneConflict : conflicts;
    }

    /** The word for a member's state; a state that this program does not know stays as it is. */
    String state(String state) {
        return StateWord.of(state).map(word -> word.in(this)).orElse(state);
    }

    /** What a state means; empty if it needs no explanation. */
    String meaning(String state) {
        return StateWord.of(state).map(word -> word.meaningIn(this)).orElse("");
    }
}
