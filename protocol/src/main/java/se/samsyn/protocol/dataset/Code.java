package se.samsyn.protocol.dataset;

import java.util.Map;
import java.util.Optional;

/**
 * One word of a code list, with its label in Swedish and English and, for a municipality, the county that it lies in.
 */
public record Code(String code, Map<String, String> label, Optional<String> parent) {
    public Code {
        Names.checkCode(code);
        label = Map.copyOf(label);
        Names.checkLabels("code \"" + code + "\"", label);
        parent.ifPresent(Names::checkCode);
    }
}
