package se.samsyn.node.registry;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.RegistryNumber;

/**
 * The numbers that other registries gave a trial. Only what is wholly one counts: a code of the sponsor or of a funder would make two
 * trials one.
 */
final class Aliases {
    /** What people write before the number; nothing else may stand there. */
    private static final Pattern LABEL = Pattern.compile(
            "^(?:eudra ?ct|eu ?ct|ctis|nct|isrctn|clinicaltrials\\.gov)?"
                    + "(?: ?(?:number|no\\.?|nr\\.?|id|identifier))?[ :#=-]*"
                    + "(?=[0-9]{4}-[0-9]|NCT[0-9]|ISRCTN ?[0-9])",
            Pattern.CASE_INSENSITIVE);

    /** An EU CT number whose last part was left out: read as EudraCT it would be another trial's. */
    private static final Pattern SHORT_EU_CT = Pattern.compile("[0-9]{4}-5[0-9]{5}-[0-9]{2}");

    private final String own;
    private final TrialCells cells;
    private final Set<String> numbers = new TreeSet<>();

    /** @param own the number under which the trial is filed */
    Aliases(String own, TrialCells cells) {
        this.own = own;
        this.cells = cells;
    }

    /** Takes the number in a field if it is one; anything else is passed over, without a word about it. */
    void add(Field field) {
        Optional<String> text = field.text();
        if (text.isEmpty()) {
            return;
        }
        String number = LABEL.matcher(text.get())
                .replaceFirst("")
                .toUpperCase(Locale.ROOT)
                .replaceFirst("^(ISRCTN) ", "$1");
        if (SHORT_EU_CT.matcher(number).matches()) {
            cells.remark(field.path(), number, "left out: an EU CT number without its last part");
            return;
        }
        try {
            String known = RegistryNumber.parse(number).toString();
            if (!known.equals(own)) {
                numbers.add(known);
            }
        } catch (MalformedException e) {
            // most second numbers are a sponsor's own code
        }
    }

    void put() {
        cells.putAll("other_ids", numbers);
    }
}
