package se.samsyn.protocol.root;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;

/**
 * The places that a member speaks for: county codes (two digits), municipality codes (four), {@code -} for "region
 * unknown".
 *
 * @param places at least one; no municipality beside its own county
 */
public record Scope(Set<String> places) {
    /** The place of what has no known region. */
    public static final String UNKNOWN_REGION = "-";

    private static final Pattern PLACE = Pattern.compile("[0-9]{2}|[0-9]{4}|-");
    private static final int COUNTY_LENGTH = 2;

    /**
     * Takes the places.
     *
     * @throws MalformedException if there is none, one is no code, or one lies within another
     */
    public Scope {
        if (places.isEmpty()) {
            throw new MalformedException("a scope has at least one place");
        }
        places = Collections.unmodifiableSortedSet(new TreeSet<>(places));
        for (String place : places) {
            if (!PLACE.matcher(place).matches()) {
                throw new MalformedException("scope \"" + place
                        + "\" is no county code (two digits), no municipality code (four) and not -");
            }
            if (place.length() > COUNTY_LENGTH && places.contains(county(place))) {
                throw new MalformedException("scope " + place + " overlaps scope " + county(place));
            }
        }
    }

    /**
     * Reads places with a comma between them.
     *
     * @throws MalformedException if they are no scope, or one is given twice
     */
    public static Scope parse(String text) {
        List<String> places = List.of(text.split(",", -1));
        Set<String> distinct = new TreeSet<>(places);
        if (distinct.size() < places.size()) {
            throw new MalformedException("scope \"" + text + "\" names a place twice");
        }
        return new Scope(distinct);
    }

    /** The places in order, with a comma between them. */
    public String encode() {
        return String.join(",", places);
    }

    /** True if the place is one of these, or a municipality in one of these counties. */
    public boolean covers(String place) {
        return places.contains(place) || (place.length() > COUNTY_LENGTH && places.contains(county(place)));
    }

    /** True if some place, or part of one, belongs to both. */
    public boolean overlaps(Scope other) {
        return places.stream().anyMatch(other::covers) || other.places.stream().anyMatch(this::covers);
    }

    private static String county(String municipality) {
        return municipality.substring(0, COUNTY_LENGTH);
    }
}
