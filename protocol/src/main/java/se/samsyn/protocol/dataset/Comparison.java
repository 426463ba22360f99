package se.samsyn.protocol.dataset;

import java.time.Year;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import se.samsyn.protocol.MalformedException;

/**
 * Yearly figures that somebody else published on what a dataset is about, to show beside its own. They are agreed on like the rest of the
 * definition; nobody here signs that they are right.
 *
 * @param name what programs call it
 * @param title what people call it, by language
 * @param source who published it, where
 * @param byYear whole numbers by year, at least one
 */
public record Comparison(String name, Map<String, String> title, String source, SortedMap<Year, Long> byYear) {
    /** Characters of a source. */
    public static final int MAX_SOURCE_LENGTH = 300;

    public Comparison {
        Names.checkName("a comparison's name", name);
        title = Map.copyOf(title);
        Names.checkLabels("comparison " + name, title);
        byYear = Collections.unmodifiableSortedMap(new TreeMap<>(byYear));
        if (source.isEmpty() || source.length() > MAX_SOURCE_LENGTH || byYear.isEmpty()) {
            throw new MalformedException("comparison " + name + " needs a source of at most " + MAX_SOURCE_LENGTH
                    + " characters and at least one year");
        }
    }
}
