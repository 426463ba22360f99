package se.samsyn.node.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The products that a trial of CTIS tries: those in the role of test, not comparators, placebos and auxiliaries.
 *
 * <p>The public document tells that a product is no advanced therapy, in so many words or because its substances are all chemical. It does
 * not tell which class an advanced therapy is of; then the class is unknown.
 */
final class CtisProducts {
    private static final String TEST_CODE = "1";
    private static final Pattern ATC = Pattern.compile("[A-Z][0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?");
    private static final Set<String> NOT_SAID = Set.of("N/A", "NA", "NOT AVAILABLE", "NOT ASSIGNED", "-");

    private final List<Field> products = new ArrayList<>();

    CtisProducts(Field partI) {
        for (Field group : partI.at("productRoleGroupInfos").items()) {
            if (isTest(group.at("productRoleCode"), group.at("productRoleName"))) {
                products.addAll(group.at("products").items());
            }
        }
        if (products.isEmpty()) {
            partI.at("products").items().stream()
                    .filter(product -> isTest(
                            product.firstOf("mpRoleInTrial", "part1MpRoleTypeCode"), product.at("productRoleName")))
                    .forEach(products::add);
        }
    }

    void put(TrialCells cells) {
        List<String> names = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        boolean withDevice = false;
        for (Field product : products) {
            Field dictionary = product.at("productDictionaryInfo");
            Stream.of(
                            product.at("productName"),
                            dictionary.at("prodName"),
                            dictionary.at("activeSubstanceName"),
                            product.at("jsonActiveSubstanceNames"))
                    .flatMap(field -> field.text().stream())
                    .filter(name -> !NOT_SAID.contains(name))
                    .findFirst()
                    .ifPresent(names::add);
            readAtc(dictionary.at("atcCode"), cells).ifPresent(codes::add);
            withDevice |= product.at("hasDevice").truth().orElse(false)
                    || !product.at("devices").items().isEmpty();
        }
        cells.putAll("product", names).putAll("atc", codes);
        cells.put("intervention", withDevice ? "both" : "drug");
        if (products.stream().anyMatch(product -> isAdvanced(product).orElse(false))) {
            cells.put("atmp_class", "unknown");
        } else if (!products.isEmpty()
                && products.stream().allMatch(product -> isAdvanced(product).isPresent())) {
            cells.put("atmp_class", "none");
        }
    }

    private static Optional<String> readAtc(Field field, TrialCells cells) {
        Optional<String> code = field.text().filter(text -> !NOT_SAID.contains(text));
        if (code.isPresent() && !ATC.matcher(code.get()).matches()) {
            cells.remark(field.path(), code.get(), "left out: not an ATC code");
            return Optional.empty();
        }
        return code;
    }

    private static Optional<Boolean> isAdvanced(Field product) {
        Optional<Boolean> advanced =
                product.at("anAdvancedTherapyMedicinalProduct").truth();
        boolean chemical = product.at("allSubstancesChemicals").truth().orElse(false);
        return advanced.isEmpty() && chemical ? Optional.of(false) : advanced;
    }

    private static boolean isTest(Field code, Field name) {
        return code.present()
                ? code.code().filter(TEST_CODE::equals).isPresent()
                : name.text().filter("Test"::equals).isPresent();
    }
}
