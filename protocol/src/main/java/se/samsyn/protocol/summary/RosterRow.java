package se.samsyn.protocol.summary;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;

/**
 * One thing of a roster, such as a trial unit: no person.
 *
 * @param id the member's own name for it: letters, digits and {@code . _ : / -}, so no words
 * @param cells for each column of the roster, in its order, its values; none where it is not known
 * @param place the code of the place where it is, where the roster tells places
 */
public record RosterRow(String id, List<List<String>> cells, Optional<String> place) implements Comparable<RosterRow> {
    /** Characters of a name. */
    public static final int MAX_ID_LENGTH = 128;

    private static final Pattern ID =
            Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._:/-]{0," + (MAX_ID_LENGTH - 1) + "}");

    public RosterRow {
        if (!ID.matcher(id).matches()) {
            throw new MalformedException("an id is made of letters, digits and . _ : / -, at most " + MAX_ID_LENGTH
                    + ", unlike \"" + id + "\"");
        }
        cells = cells.stream().map(List::copyOf).toList();
    }

    /** By id. */
    @Override
    public int compareTo(RosterRow other) {
        return id.compareTo(other.id);
    }
}
