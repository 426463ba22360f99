package se.samsyn.node.registry;

import java.util.Locale;
import java.util.Set;

/** The country's names and codes, as registries write them. */
final class Sweden {
    /** In English, in the registries that use it, and in CTIS's codes. */
    static final String NAME = "Sweden";

    private static final Set<String> NAMES =
            Set.of("sweden", "sverige", "se", "swe", "752", "kingdom of sweden", "konungariket sverige");

    private Sweden() {}

    /** Whether it is this country, in whatever case and with whatever spaces around. */
    static boolean isNamed(String country) {
        return NAMES.contains(country.strip().toLowerCase(Locale.ROOT));
    }
}
