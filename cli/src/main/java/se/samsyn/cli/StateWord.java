package se.samsyn.cli;

import java.util.Arrays;
import java.util.Optional;

/** A member's state as views name it, with the word and the explanation that people read in each language. */
enum StateWord {
    reported("reported", "redovisat", "", ""),
    zero("zero", "noll", "the member says that it has nothing", "medlemmen säger att den inget har"),
    pooled(
            "pooled",
            "sammanslaget",
            "some cells are told only as a sum of several: few persons, or one trial dominates",
            "vissa celler redovisas bara som summa av flera: få personer, eller en prövning dominerar"),
    withheld(
            "withheld",
            "undanhållet",
            "there is a summary, and it tells nothing of this table",
            "det finns en sammanställning, men den säger inget om den här tabellen"),
    withdrawn(
            "withdrawn",
            "återkallat",
            "the member has retracted its summary",
            "medlemmen har dragit tillbaka sin sammanställning"),
    missing(
            "missing",
            "saknas",
            "no summary, and the due date has passed",
            "ingen sammanställning, och förfallodagen har passerat"),
    awaited(
            "awaited",
            "väntas",
            "no summary yet, and none is due",
            "ingen sammanställning ännu, och ingen har förfallit"),
    rejected(
            "rejected",
            "avvisat",
            "there is a summary, and it does not count",
            "det finns en sammanställning, men den räknas inte"),
    other_version(
            "other version",
            "annan version",
            "there is a summary under an older version of the definition, which cannot be compared with the newest",
            "det finns en sammanställning enligt en äldre version av definitionen, som inte kan jämföras med den senaste"),
    stale(
            "stale",
            "inaktuell",
            "nobody has vouched for the member's log for more than 26 hours",
            "ingen har bekräftat medlemmens logg på mer än 26 timmar"),
    /** As {@code samsyn status} says it too. */
    silent("silent", "tyst", "the member has published nothing yet", "medlemmen har inte publicerat något ännu");

    private final String english;
    private final String swedish;
    private final String englishMeaning;
    private final String swedishMeaning;

    StateWord(String english, String swedish, String englishMeaning, String swedishMeaning) {
        this.english = english;
        this.swedish = swedish;
        this.englishMeaning = englishMeaning;
        this.swedishMeaning = swedishMeaning;
    }

    static Optional<StateWord> of(String state) {
        return Arrays.stream(values())
                .filter(word -> word.name().equals(state.replace('-', '_')))
                .findFirst();
    }

    String in(Language language) {
        return language == Language.sv ? swedish : english;
    }

    /** What the state means; empty where that needs no explanation. */
    String meaningIn(Language language) {
        return language == Language.sv ? swedishMeaning : englishMeaning;
    }
}
