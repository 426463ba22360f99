package se.samsyn.cli;

/** The language of a printed view: its labels, headings and explanations. Names of datasets, dimensions and measures stay as they are. */
public enum Language {
    en(
            "total",
            "sum",
            " to ",
            "%d of %d members told their part of every period%n",
            "inhabitants for whom members told their part, by period: %s of the population%n",
            "%d trial on which members disagree is counted once, by rule%n",
            "%d trials on which members disagree are counted once, by rule%n",
            "evidence against %s: it %s, in %s at size %d; from there on its word about that log does not count%n",
            "  %s: nothing from size %d on is merged, since %s %s%n",
            "change",
            "inhabitants",
            "for each %s inhabitants"),
    sv(
            "totalt",
            "summa",
            " till ",
            "%d av %d medlemmar har redovisat sin del av varje period%n",
            "invånare vars del är redovisad, per period: %s av befolkningen%n",
            "%d prövning som medlemmar redovisar olika räknas en gång, enligt regel%n",
            "%d prövningar som medlemmar redovisar olika räknas en gång, enligt regel%n",
            "bevis mot %s: den %s, i %s vid storlek %d; därifrån räknas inte vad den säger om den loggen%n",
            "  %s: från storlek %d räknas ingenting, eftersom %s %s%n",
            "ändring",
            "invånare",
            "per %s invånare");

    final String total;
    final String sum;
    final String range;
    final String coverage;
    /** The format of the line on how much of the population a figure stands for: a share. */
    final String inhabitants;
    /** The format of the line on a key that evidence accuses: key, fault, origin, size. */
    final String evidence;
    /** The format of the line on a member whose log evidence accuses: node, size, key, fault. */
    final String accused;
    /** The heading of a change in percent. */
    final String change;
    /** The heading of a number of people. */
    final String people;
    /** The format of what a rate is counted for. */
    final String per;

    private final String oneConflict;
    private final String conflicts;

    Language(
            String total,
            String sum,
            String range,
            String coverage,
            String inhabitants,
            String oneConflict,
            String conflicts,
            String evidence,
            String accused,
            String change,
            String people,
            String per) {
        this.total = total;
        this.sum = sum;
        this.range = range;
        this.coverage = coverage;
        this.inhabitants = inhabitants;
        this.oneConflict = oneConflict;
        this.conflicts = conflicts;
        this.evidence = evidence;
        this.accused = accused;
        this.change = change;
        this.people = people;
        this.per = per;
    }

    /** The one of two texts that is in this language. */
    String text(String english, String swedish) {
        return this == en ? english : swedish;
    }

    /** The format of the line on trials that members tell differently. */
    String conflicts(long count) {
        return count == 1 ? oneConflict : conflicts;
    }

    /** The word for a member's state; a state that this program does not know stays as it is. */
    String state(String state) {
        return StateWord.of(state).map(word -> word.in(this)).orElse(state);
    }

    /** What a key did, in words; a fault that this program does not know stays as it is. */
    String fault(String fault) {
        return FaultWord.of(fault).map(word -> word.in(this)).orElse(fault);
    }

    /** What a state means; empty if it needs no explanation. */
    String meaning(String state) {
        return StateWord.of(state).map(word -> word.meaningIn(this)).orElse("");
    }
}
