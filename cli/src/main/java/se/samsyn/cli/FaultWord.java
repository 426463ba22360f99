package se.samsyn.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What evidence proves of a key, in the words of each language. */
enum FaultWord {
    TWO_ROOTS("signed two roots of one size", "har signerat två rötter för samma storlek"),
    REWRITTEN_PAST(
            "signed a tree that did not grow from what it had signed before",
            "har signerat ett träd som inte växt ur det som den signerat tidigare"),
    WENT_BACK("signed a smaller tree at a later time", "har signerat ett mindre träd vid en senare tid");

    private final String en;
    private final String sv;

    FaultWord(String en, String sv) {
        this.en = en;
        this.sv = sv;
    }

    /** The fault that JSON calls so; empty if this program does not know it. */
    static Optional<FaultWord> of(String word) {
        return Stream.of(values())
                .filter(fault ->
                        fault.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word))
                .findFirst();
    }

    String in(Language language) {
        return language == Language.sv ? sv : en;
    }
}
