package se.samsyn.protocol.settlement;

import java.util.Comparator;
import java.util.Map;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.RegistryNumber;

/**
 * What tells an invoice line from all others between two parties.
 *
 * @param studyRegion that issued the invoice: a county's code, or a municipality's
 * @param invoice its number as the issuer writes it
 * @param trial a registry number
 * @param homeRegion that is to pay: a county's code
 */
public record LineKey(String studyRegion, String invoice, String trial, String homeRegion)
        implements Comparable<LineKey> {
    /** UTF-16 units in the number of an invoice. */
    public static final int MAX_INVOICE_LENGTH = 300;

    private static final int COUNTY_LENGTH = 2;
    private static final Pattern STUDY_REGION = Pattern.compile("[0-9]{2}(?:[0-9]{2})?");
    private static final Pattern HOME_REGION = Pattern.compile("[0-9]{2}");
    private static final Pattern INVOICE = Pattern.compile("[^\\p{Cntrl}]{1," + MAX_INVOICE_LENGTH + "}");
    private static final Comparator<LineKey> ORDER = Comparator.comparing(LineKey::studyRegion)
            .thenComparing(LineKey::invoice)
            .thenComparing(LineKey::trial)
            .thenComparing(LineKey::homeRegion);

    public LineKey {
        require(STUDY_REGION, studyRegion, "a study region's code is two or four digits");
        require(HOME_REGION, homeRegion, "a home region's code is two digits");
        require(
                INVOICE,
                invoice,
                "an invoice's number has 1 to " + MAX_INVOICE_LENGTH + " characters, none a control character");
        trial = RegistryNumber.parse(trial).toString();
    }

    /** The county of a place: of a municipality the one that it lies in. */
    public static String county(String place) {
        return place.length() > COUNTY_LENGTH ? place.substring(0, COUNTY_LENGTH) : place;
    }

    /**
     * The key by which a party that knows trials by these names looks for the same line: the number of the trial as it knows it, and the
     * county that the study region lies in.
     */
    public LineKey knownBy(Map<String, String> trialNames) {
        return new LineKey(county(studyRegion), invoice, trialNames.getOrDefault(trial, trial), homeRegion);
    }

    @Override
    public int compareTo(LineKey other) {
        return ORDER.compare(this, other);
    }

    private static void require(Pattern pattern, String text, String expected) {
        if (!pattern.matcher(text).matches()) {
            throw new MalformedException(expected + ", not \"" + text + "\"");
        }
    }
}
