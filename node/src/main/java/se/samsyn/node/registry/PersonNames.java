package se.samsyn.node.registry;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells what looks like a person where an organisation should stand. Registries have no field that says so: a site may be filed under its
 * investigator, and a trial under the physician who runs it. In doubt the name is dropped: a lost hospital name costs little.
 */
final class PersonNames {
    /** Parts of words, and whole words, that only an organisation, a place of work or a code for a site has. */
    private static final Pattern ORGANISATION = Pattern.compile(
            "universi|université|institut|hospi|sjukhus|sygehus|sykehus|sairaala|ziekenhui"
                    + "|krankenhaus|spital|szpital|nemocnic|hôpit|ospedal|policl|poliamb|clini|klini|lasarett"
                    + "|landsting|fondat|foundation|stiftelse|stiftung|gmbh|pharm|therap|medicin|medical"
                    + "|medizin|research|recherche|hochschul|akadem|societ|associat|organi[sz]|network|consorti"
                    + "|laborat|health|cancer|oncolog|onkolog|vård|kommun|mottagning|avdelning|sahlgrensk"
                    + "|karolinsk|aktiebolag|diagnost|cooperative|förening|azienda"
                    + "|\\b(?:region|council|county|center|centers|centre|centres|central|zentrum|group|grupp|gruppe"
                    + "|college|school|academy|trust|labor|care|sjuk|agency|ministry|dept|dep|department"
                    + "|division|board|national|international|study|studies|studie|trial|trials|science"
                    + "|sciences|technology|union|hospices|praxis|practice|ward|enhet|unit|units|site|sites"
                    + "|office|house|haus|hus|capio|sankt|saint|st|company|corporation|limited|incorporated"
                    + "|services|service|desk|call|information|kgaa|nhs|chu|chru|sus|ab|as|a/s|aps|asa|oy|inc"
                    + "|ltd|llc|llp|lp|ag|kg|bv|nv|sa|sas|srl|spa|plc|co|corp|pty|kft|bvba|sprl|slu|network|bio"
                    + "|biotech|tech|charité|charite)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern COMPANY = Pattern.compile(
            "pharm|labor|gmbh|\\b(?:ab|a/s|aps|asa|oy|inc|ltd|llc|llp|ag|kg|bv|nv|sas|srl|plc|corp|company|limited)\\b",
            Pattern.CASE_INSENSITIVE);

    /** Before a name, or behind it: M.D. Anderson is a hospital, and MD at the end is a degree. */
    private static final Pattern TITLE = Pattern.compile(
            "\\b(?:prof|professor|professeur|docent|doz|dr|drs|doctor|doktor|överläkare|mr|mrs|ms)\\b"
                    + "|\\bm\\.?d\\b\\.?(?=\\s*(?:[,;/]|$|ph))|\\bph\\.?d\\b|\\bm\\.?sc\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final String NAME = "(?:\\p{Lu}\\p{Ll}[\\p{L}'’´-]*)";
    private static final String INITIAL = "(?:\\p{Lu}\\.?)";
    private static final String PARTICLE = "(?:de|del|della|di|da|von|van|der|den|af|av|la|le|el)";

    /** Two to four words, of which the first and the last are names, or the first an initial. */
    private static final Pattern SHAPE = Pattern.compile(
            "(?:" + NAME + "|" + INITIAL + ")(?: (?:" + NAME + "|" + INITIAL + "|" + PARTICLE + ")){0,3} " + NAME);

    private static final Pattern PART_END = Pattern.compile("\\s*[,;/(]|\\s+[-–]\\s+");
    private static final Pattern ADDRESS =
            Pattern.compile("\\S@\\S|\\+[0-9][0-9 ()/.-]{6,}|\\b(?:tel|phone|fax|mobile)\\b", Pattern.CASE_INSENSITIVE);

    /** Classes of sponsors that are never a person. */
    private static final Set<String> ORGANISATIONS_ONLY =
            Set.of("INDUSTRY", "NIH", "FED", "OTHER_GOV", "NETWORK", "COMMERCIAL");

    private PersonNames() {}

    /** Whether the name of a site is, or holds, what looks like a person's name or a way to reach one. */
    static boolean inFacility(String name) {
        return TITLE.matcher(name).find() || hasAddress(name) || isBareName(firstPart(name));
    }

    /**
     * Whether a sponsor looks like a person.
     *
     * @param sponsorClass in the registry's own word; empty if it has none
     */
    static boolean isSponsor(String name, String sponsorClass) {
        if (sponsorClass.equals("INDIV") || hasAddress(name)) {
            return true;
        }
        if (TITLE.matcher(name).find()) {
            return !COMPANY.matcher(name).find();
        }
        return !ORGANISATIONS_ONLY.contains(sponsorClass.toUpperCase(Locale.ROOT)) && isBareName(firstPart(name));
    }

    /** Whether free text addresses somebody: a title, a mail address, a telephone number. */
    static boolean inText(String text) {
        return TITLE.matcher(text).find() || hasAddress(text);
    }

    /** Whether a name belongs to an organisation, although it stands where a person's should. */
    static boolean isOrganisation(String name) {
        return ORGANISATION.matcher(name).find();
    }

    private static boolean hasAddress(String text) {
        return ADDRESS.matcher(text).find();
    }

    private static boolean isBareName(String name) {
        return !isOrganisation(name) && SHAPE.matcher(name).matches();
    }

    private static String firstPart(String name) {
        return PART_END.split(name.strip(), 2)[0];
    }
}
