package se.samsyn.node.registry;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The persons whom one trial's record names. They are counted for the report, and remembered as long as the record is read so that none of
 * them is kept where something else should stand.
 */
final class Persons {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}]+");
    private static final Set<String> TITLES = Set.of(
            "prof",
            "professor",
            "dr",
            "md",
            "m",
            "d",
            "phd",
            "ph",
            "med",
            "msc",
            "mr",
            "mrs",
            "ms",
            "docent",
            "associate",
            "assoc",
            "study",
            "director",
            "chair",
            "investigator",
            "principal");

    private final Set<String> names = new HashSet<>();
    private int count;

    /** Counts somebody of whom nothing else is needed. */
    void add() {
        count++;
    }

    /** Counts and remembers somebody; a name that is an organisation's is counted only. */
    void add(Optional<String> name) {
        if (name.isEmpty()) {
            return;
        }
        count++;
        if (name.get().length() > TrialCells.MAX_SHORT || PersonNames.isOrganisation(name.get())) {
            return;
        }
        List<String> words = words(name.get());
        words.removeIf(TITLES::contains);
        if (words.size() > 1) {
            names.add(String.join(" ", words));
            // the last name first
            words.add(0, words.remove(words.size() - 1));
            names.add(String.join(" ", words));
        }
    }

    /** Whether a text holds the name of one of them, however it is accented. */
    boolean isIn(String text) {
        String plain = " " + String.join(" ", words(text)) + " ";
        return names.stream().anyMatch(name -> plain.contains(" " + name + " "));
    }

    /** Puts the sponsor, unless it is one of them or looks like a person. */
    void putSponsor(TrialCells cells, Field name, Optional<String> sponsorClass) {
        Optional<String> text = name.text();
        boolean checked =
                text.filter(value -> value.length() <= TrialCells.MAX_SHORT).isPresent();
        if (checked && (PersonNames.isSponsor(text.get(), sponsorClass.orElse("")) || isIn(text.get()))) {
            cells.remark(name.path(), "", "left out: the sponsor is a person");
        } else {
            cells.put("sponsor", text);
        }
    }

    /** Tells how many were left out, if any were. */
    void report(TrialCells cells, String path) {
        if (count > 0) {
            cells.remark(path, "", "contact persons: " + count + " dropped");
        }
    }

    private static List<String> words(String text) {
        String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        return new ArrayList<>(
                List.of(NO_LETTER.matcher(plain).replaceAll(" ").strip().split(" ")));
    }
}
