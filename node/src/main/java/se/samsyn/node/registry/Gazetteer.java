package se.samsyn.node.registry;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.CodeList;

/**
 * Finds the place of a site by its city and its postal code, from two tables that people read and mend: {@code places/city.csv} and
 * {@code places/postal-code.csv}.
 *
 * <p>A city is compared in its normal form: letters without their accents, in lower case, and whatever is no letter as one space; so
 * {@code GÖTEBORG}, {@code Goteborg} and {@code Göteborg,} are one spelling, and {@code Goeteborg} another. A city of several parts
 * ({@code Stokholm, Solna}) counts if each part is known and all lie in one place. What contradicts itself is not placed, and nothing is
 * guessed.
 */
final class Gazetteer {
    /** The most rows in one of the tables. */
    static final int MAX_ROWS = 10_000;

    private static final String CITIES = "places/city.csv";
    private static final String POSTAL_CODES = "places/postal-code.csv";

    /** SE-221 85, S-221 85, 22185, also with spaces at other places: five digits in all. */
    private static final Pattern POSTAL_CODE =
            Pattern.compile("(?:\\bSE?\\b[ -]*)?(?<![0-9])([0-9](?: ?[0-9]){4})(?![0-9])", Pattern.CASE_INSENSITIVE);

    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern PART_END = Pattern.compile("[,;/()]");
    private static final Pattern PREFIX = Pattern.compile("[1-9][0-9]{1,2}");

    private final Map<String, String> cities = new HashMap<>();
    private final Map<String, String> prefixes = new HashMap<>();

    /**
     * Reads both tables.
     *
     * @throws MalformedException if one is missing, gives a spelling two places, or names a place that the network does not have
     */
    Gazetteer(NetworkFiles files) {
        CodeList places = files.codeList("place");
        for (NamedCsvRecord row : rows(files, CITIES)) {
            add(cities, normal(row.getField("spelling")), row, CITIES, places);
        }
        for (NamedCsvRecord row : rows(files, POSTAL_CODES)) {
            String prefix = row.getField("prefix");
            if (!PREFIX.matcher(prefix).matches()) {
                throw malformed(POSTAL_CODES, row, "\"" + prefix + "\" is not two or three digits");
            }
            add(prefixes, prefix, row, POSTAL_CODES, places);
        }
        for (String prefix : prefixes.keySet()) {
            if (prefix.length() > 2 && prefixes.containsKey(prefix.substring(0, 2))) {
                throw new MalformedException(POSTAL_CODES + ": " + prefix + " lies within " + prefix.substring(0, 2));
            }
        }
    }

    /** Where a site lies. */
    Placement place(RegistrySite site) {
        String country = site.country().strip();
        if (country.isEmpty()) {
            return new Placement.NotPlaced("the document names no country");
        }
        if (!Sweden.isNamed(country)) {
            return new Placement.Abroad(country);
        }
        Optional<String> code = digits(site.postalCode()).or(() -> digits(site.city()));
        Optional<String> byCode = code.flatMap(this::byPostalCode);
        String city = POSTAL_CODE.matcher(site.city()).replaceAll(" ").strip();
        Set<String> byCity = byCity(city);
        byCode.ifPresent(byCity::add);
        byCity.removeIf(place -> isCountyOf(place, byCity));
        if (byCity.size() == 1) {
            return new Placement.InSweden(byCity.iterator().next());
        }
        String told = "city \"" + city + "\", postal code \"" + site.postalCode() + "\"";
        return new Placement.NotPlaced(
                byCity.isEmpty()
                        ? told + ": neither is in the network's places/city.csv and places/postal-code.csv"
                        : told + ": they lie in different places, "
                                + String.join(", ", byCity.stream().sorted().toList()));
    }

    /** The spelling by which cities are compared. */
    static String normal(String city) {
        String plain =
                MARKS.matcher(Normalizer.normalize(city, Normalizer.Form.NFD)).replaceAll("");
        String letters = plain.toLowerCase(Locale.ROOT).replace("ø", "o").replace("æ", "ae");
        return NO_LETTER.matcher(letters).replaceAll(" ").strip();
    }

    private Set<String> byCity(String city) {
        Set<String> places = new HashSet<>();
        String whole = cities.get(normal(city));
        if (whole != null) {
            places.add(whole);
            return places;
        }
        for (String part : PART_END.split(city, -1)) {
            String name = normal(part);
            if (name.isEmpty() || Sweden.isNamed(name)) {
                continue;
            }
            String place = cities.get(name);
            if (place == null) {
                return new HashSet<>();
            }
            places.add(place);
        }
        return places;
    }

    private Optional<String> byPostalCode(String digits) {
        return Optional.ofNullable(prefixes.get(digits.substring(0, 2)))
                .or(() -> Optional.ofNullable(prefixes.get(digits.substring(0, 3))));
    }

    /** Whether a county is only the less exact word for one of its municipalities that is named too. */
    private static boolean isCountyOf(String place, Set<String> places) {
        return places.stream().anyMatch(other -> other.length() > place.length() && other.startsWith(place));
    }

    private static Optional<String> digits(String text) {
        Matcher matcher = POSTAL_CODE.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).replace(" ", "")) : Optional.empty();
    }

    private static void add(Map<String, String> table, String key, NamedCsvRecord row, String file, CodeList places) {
        String place = row.getField("place");
        if (places.indexOf(place) < 0 || place.equals("-")) {
            throw malformed(file, row, "the network has no place \"" + place + "\"");
        }
        String former = table.putIfAbsent(key, place);
        if (key.isEmpty() || (former != null && !former.equals(place))) {
            throw malformed(file, row, "\"" + key + "\" has a place already, or is empty");
        }
    }

    private static List<NamedCsvRecord> rows(NetworkFiles files, String path) {
        String text = new String(files.read(path), StandardCharsets.UTF_8);
        List<NamedCsvRecord> rows =
                CsvReader.builder().ofNamedCsvRecord(text).stream().toList();
        if (rows.size() > MAX_ROWS) {
            throw new MalformedException(path + ": " + rows.size() + " rows, at most " + MAX_ROWS);
        }
        return rows;
    }

    private static MalformedException malformed(String file, NamedCsvRecord row, String what) {
        return new MalformedException(file + ": line " + row.getStartingLineNumber() + ": " + what);
    }
}
