package se.samsyn.protocol.dataset;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import se.samsyn.protocol.MalformedException;

/**
 * One word of a code list, with its label in Swedish and English.
 *
 * @param parent for a municipality, the county that it lies in
 * @param inhabitants for a place, how many people live there
 */
public record Code(String code, Map<String, String> label, Optional<String> parent, OptionalLong inhabitants) {
    /** More than live on earth. */
    public static final long MAX_INHABITANTS = 100_000_000_000L;

    public Code {
        Names.checkCode(code);
        label = Map.copyOf(label);
        Names.checkLabels("code \"" + code + "\"", label);
        parent.ifPresent(Names::checkCode);
        inhabitants.ifPresent(people -> {
            if (people < 1 || people > MAX_INHABITANTS) {
                throw new MalformedException(
                        "code \"" + code + "\" has " + people + " inhabitants, expected 1.." + MAX_INHABITANTS);
            }
        });
    }
}
