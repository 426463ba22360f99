package se.samsyn.node.registry;

import java.util.Optional;

/** The names of a trial's sites, of which those that hold a person are left out and counted. */
final class SiteNames {
    private final Persons persons;
    private int dropped;

    SiteNames(Persons persons) {
        this.persons = persons;
    }

    /** The organisation, or empty. */
    String organisation(Optional<String> name) {
        if (name.isEmpty()) {
            return "";
        }
        String words = TrialCells.shortWords(name);
        if (words.isEmpty() || PersonNames.inFacility(words) || persons.isIn(words)) {
            dropped++;
            return "";
        }
        return words;
    }

    void report(TrialCells cells, String path) {
        if (dropped > 0) {
            cells.remark(path, "", "names of sites: " + dropped + " left out, they look like a person's");
        }
    }
}
