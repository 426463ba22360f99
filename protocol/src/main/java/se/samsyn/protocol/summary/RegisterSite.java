package se.samsyn.protocol.summary;

import java.util.Comparator;

/**
 * A site of a trial: a public fact, and no person.
 *
 * @param place the code of the place where it is
 * @param role the code of what it is to the trial: main, ordinary, satellite or reserve
 * @param hospital the code of its hospital, {@code unknown} where the list has none for it
 */
public record RegisterSite(String place, String role, String hospital) implements Comparable<RegisterSite> {
    private static final Comparator<RegisterSite> ORDER = Comparator.comparing(RegisterSite::place)
            .thenComparing(RegisterSite::role)
            .thenComparing(RegisterSite::hospital);

    /** By place, role and hospital. */
    @Override
    public int compareTo(RegisterSite other) {
        return ORDER.compare(this, other);
    }
}
