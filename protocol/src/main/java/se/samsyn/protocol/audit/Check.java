package se.samsyn.protocol.audit;

/**
 * One check of an audit.
 *
 * @param where a file or folder of the bundle, with an entry's index where there is one
 * @param detail how much was verified; or why not
 */
public record Check(CheckKind kind, String where, Result result, String detail) {
    /** What came out. */
    public enum Result {
        VERIFIED("verified", "PASS"),
        REFUTED("refuted", "FAIL"),
        /** It belongs to what was claimed, and what it takes is not here. */
        NOT_CHECKED("not-checked", "OPEN");

        private final String word;
        private final String mark;

        Result(String word, String mark) {
            this.word = word;
            this.mark = mark;
        }

        /** As the JSON report writes it. */
        public String word() {
            return word;
        }

        /** As the text report writes it. */
        String mark() {
            return mark;
        }
    }
}
