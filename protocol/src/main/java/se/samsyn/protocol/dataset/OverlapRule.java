package se.samsyn.protocol.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import se.samsyn.protocol.MalformedException;

/**
 * What the codes of a register's attribute say of when a trial is open, so that trials that are open at the same time can be found. A code
 * that is in none of the lists says nothing.
 *
 * @param status the name of the attribute
 * @param before codes of trials that have not begun
 * @param open codes of trials that go on
 * @param over codes of trials that have ended
 * @param never codes of trials that never began, and never will
 */
public record OverlapRule(
        String status, List<String> before, List<String> open, List<String> over, List<String> never) {
    public OverlapRule {
        before = List.copyOf(before);
        open = List.copyOf(open);
        over = List.copyOf(over);
        never = List.copyOf(never);
    }

    /** Insists that every code is one of the attribute's, and in one list alone. */
    void check(List<Dimension> attributes) {
        Dimension attribute = attributes.stream()
                .filter(one -> one.name().equals(status))
                .findFirst()
                .orElseThrow(() -> new MalformedException("overlap goes by \"" + status + "\", which is no attribute"));
        Set<String> seen = new HashSet<>();
        Stream.of(before, open, over, never).flatMap(List::stream).forEach(code -> {
            if (attribute.codes().indexOf(code) < 0) {
                throw new MalformedException("overlap names the " + status + " \"" + code
                        + "\", which is not in code list " + attribute.codes().name());
            }
            if (!seen.add(code)) {
                throw new MalformedException("overlap names the " + status + " \"" + code + "\" twice");
            }
        });
    }
}
