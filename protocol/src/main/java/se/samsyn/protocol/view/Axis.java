package se.samsyn.protocol.view;

import java.util.List;
import se.samsyn.protocol.dataset.Code;

/**
 * What the rows of a view are divided by: a dimension of a table, an attribute of a register, or its regions.
 *
 * @param name as queries call it
 * @param codes in the order of the code list
 */
record Axis(String name, List<Code> codes) {
    /** The codes of a group, one an axis; the last axis varies fastest. */
    static String[] codesOf(List<Axis> axes, int group) {
        String[] codes = new String[axes.size()];
        int rest = group;
        for (int i = axes.size() - 1; i >= 0; i--) {
            List<Code> all = axes.get(i).codes();
            codes[i] = all.get(rest % all.size()).code();
            rest /= all.size();
        }
        return codes;
    }

    /** How many groups there are. */
    static long groups(List<Axis> axes) {
        return axes.stream().mapToLong(axis -> axis.codes().size()).reduce(1, Math::multiplyExact);
    }
}
