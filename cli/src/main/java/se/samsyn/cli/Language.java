package se.samsyn.cli;

import java.util.Map;

/** The language of a printed view: its labels, headings and explanations. Names of datasets, dimensions and measures stay as they are. */
public enum Language {
    en(
            "total",
            "sum",
            " to ",
            "%d of %d members told their part of every period%n",
            "%d trial on which members disagree is counted once, by rule%n",
            "%d trials on which members disagree are counted once, by rule%n",
            Map.of(
                    "reported", "reported",
                    "zero", "zero",
                    "pooled", "pooled",
                    "withheld", "withheld",
                    "withdrawn", "withdrawn",
                    "missing", "missing",
                    "awaited", "awaited",
                    "rejected", "rejected",
                    "stale", "stale",
                    "silent", "silent"),
            Map.of(
                    "zero", "the member says that it has nothing",
                    "pooled", "some cells are told only as a sum of several: few persons, or one trial dominates",
                    "withheld", "there is a summary, and it tells nothing of this table",
                    "withdrawn", "the member has retracted its summary",
                    "missing", "no summary, and the due date has passed",
                    "awaited", "no summary yet, and none is due",
                    "rejected", "there is a summary, and it does not count",
                    "stale", "nobody has vouched for the member's log for more than 26 hours",
                    "silent", "the member has published nothing yet")),
    sv(
            "totalt",
            "summa",
            " till ",
            "%d av %d medlemmar har redovisat sin del av varje period%n",
            "%d prövning som medlemmar redovisar olika räknas en gång, enligt regel%n",
            "%d prövningar som medlemmar redovisar olika räknas en gång, enligt regel%n",
            Map.of(
                    "reported", "redovisat",
                    "zero", "noll",
                    "pooled", "sammanslaget",
                    "withheld", "undanhållet",
                    "withdrawn", "återkallat",
                    "missing", "saknas",
                    "awaited", "väntas",
                    "rejected", "avvisat",
                    "stale", "inaktuell",
                    "silent", "tyst"),
            Map.of(
                    "zero", "medlemmen säger att den inget har",
                    "pooled",
                            "vissa celler redovisas bara som summa av flera: få personer, eller en prövning dominerar",
                    "withheld", "det finns en sammanställning, men den säger inget om den här tabellen",
                    "withdrawn", "medlemmen har dragit tillbaka sin sammanställning",
                    "missing", "ingen sammanställning, och förfallodagen har passerat",
                    "awaited", "ingen sammanställning ännu, och ingen har förfallit",
                    "rejected", "det finns en sammanställning, men den räknas inte",
                    "stale", "ingen har bekräftat medlemmens logg på mer än 26 timmar",
                    "silent", "medlemmen har inte publicerat något ännu"));

    final String total;
    final String sum;
    final String range;
    final String coverage;
    private final String oneConflict;
    private final String conflicts;
    private final Map<String, String> states;
    private final Map<String, String> meanings;

    Language(
            String total,
            String sum,
            String range,
            String coverage,
            String oneConflict,
            String conflicts,
            Map<String, String> states,
            Map<String, String> meanings) {
        this.total = total;
        this.sum = sum;
        this.range = range;
        this.coverage = coverage;
        this.oneConflict = oneConflict;
        this.conflicts = conflicts;
        this.states = states;
        this.meanings = meanings;
    }

    /** The format of the line on trials that members tell differently. */
    String conflicts(long count) {
        return count == 1 ? oneConflict : conflicts;
    }

    /** The word for a member's state; a state that this program does not know stays as it is. */
    String state(String state) {
        return states.getOrDefault(state, state);
    }

    /** What a state means; empty if it needs no explanation. */
    String meaning(String state) {
        return meanings.getOrDefault(state, "");
    }
}
