package se.samsyn.node.record;

import java.util.List;
import se.samsyn.protocol.MalformedException;

/**
 * A site as a trial's record tells it to tabulation, in one text of the field {@code sites}.
 *
 * @param place the code of its place
 * @param role the code of its role
 * @param hospital its name; empty if it is not known
 */
public record SiteText(String place, String role, String hospital) {
    private static final String BETWEEN = "\t";
    private static final int PARTS = 3;

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws MalformedException if it is something else
     */
    public static SiteText parse(String text) {
        List<String> parts = List.of(text.split(BETWEEN, -1));
        if (parts.size() != PARTS) {
            throw new MalformedException("a site has a place, a role and a hospital, a tab between them");
        }
        return new SiteText(parts.get(0), parts.get(1), parts.get(2));
    }

    @Override
    public String toString() {
        return place + BETWEEN + role + BETWEEN + hospital;
    }
}
