package se.samsyn.node.registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a study of ClinicalTrials.gov tries. By the registry's definitions a biological product (vaccines, blood) and a genetic one (gene
 * transfer, stem cells) are medicinal products, and a combination product is a drug with a device.
 */
final class CtgovInterventions {
    private static final String OTHER = "other";
    private static final Map<String, Set<String>> KINDS = Map.ofEntries(
            Map.entry("DRUG", Set.of("drug")),
            Map.entry("BIOLOGICAL", Set.of("drug")),
            Map.entry("GENETIC", Set.of("drug")),
            Map.entry("DEVICE", Set.of("device")),
            Map.entry("COMBINATION_PRODUCT", Set.of("drug", "device")),
            Map.entry("BEHAVIORAL", Set.of()),
            Map.entry("DIAGNOSTIC_TEST", Set.of()),
            Map.entry("DIETARY_SUPPLEMENT", Set.of()),
            Map.entry("PROCEDURE", Set.of()),
            Map.entry("RADIATION", Set.of()),
            Map.entry("OTHER", Set.of()));

    private final List<Field> interventions;

    CtgovInterventions(Field interventions) {
        this.interventions = interventions.items();
    }

    /** Puts the kind, and the names of the products; if there are none, of whatever else is tried. Placebos are none. */
    void put(TrialCells cells) {
        Set<String> all = new HashSet<>();
        boolean unknown = false;
        List<String> products = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Field intervention : interventions) {
            Field type = intervention.at("type");
            Optional<String> word = type.text();
            Set<String> kinds = KINDS.get(word.orElse("OTHER"));
            if (kinds == null) {
                cells.remark(type.path(), word.orElse(""), "not a type of intervention that the registry describes");
            }
            unknown |= word.isEmpty() || kinds == null;
            all.addAll(kinds == null ? Set.of() : kinds);
            Optional<String> name = intervention.at("name").text().filter(text -> !isPlacebo(text));
            name.ifPresent(kinds == null || kinds.isEmpty() ? others::add : products::add);
        }
        if (!interventions.isEmpty()) {
            cells.put("intervention", unknown ? "unknown" : code(all));
        }
        cells.putAll("product", products.isEmpty() ? others : products);
    }

    private static String code(Set<String> kinds) {
        return switch (kinds.size()) {
            case 0 -> OTHER;
            case 1 -> kinds.iterator().next();
            default -> "both";
        };
    }

    private static boolean isPlacebo(String name) {
        return name.toLowerCase(Locale.ROOT).matches("(?:matching )?placebos?\\b.*");
    }
}
