package se.samsyn.node.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The medicines that a protocol tries: those in the role of test, or all if none has that role. */
final class EuctrProducts {
    /**
     * The flags of an advanced therapy and what they make of it, in the order of regulation 1394/2007: with a device it is a combined one,
     * else with genes a gene therapy, else with tissue that of tissue, else one of cells.
     */
    private static final Map<String, String> CLASSES = new LinkedHashMap<>();

    static {
        CLASSES.put("D.3.11.3.4", "combined");
        CLASSES.put("D.3.11.3.2", "gtmp");
        CLASSES.put("D.3.11.3.3", "tep");
        CLASSES.put("D.3.11.3.1", "sctmp");
    }

    private static final String ADVANCED = "D.3.11.3";
    private static final String WITH_DEVICE = "D.3.11.4";
    private static final Pattern ATC = Pattern.compile("[A-Z][0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?");

    private final EuctrProtocol protocol;
    private final List<Integer> tested;

    EuctrProducts(EuctrProtocol protocol) {
        this.protocol = protocol;
        List<Integer> all =
                IntStream.rangeClosed(1, protocol.medicines()).boxed().toList();
        List<Integer> test = all.stream()
                .filter(medicine -> protocol.ofMedicine(medicine, "D.1.2 and D.1.3", "IMP Role")
                        .contains("Test"))
                .toList();
        this.tested = test.isEmpty() ? all : test;
    }

    boolean any() {
        return !tested.isEmpty();
    }

    String authority() {
        return protocol.authority();
    }

    void put(TrialCells cells) {
        List<String> names = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        for (int medicine : tested) {
            Stream.of(
                            protocol.ofMedicine(medicine, "D.3.1", "Product name"),
                            protocol.ofMedicine(medicine, "D.2.1.1.1", "Trade name"),
                            protocol.ofMedicine(medicine, "D.3.8", "INN"),
                            protocol.ofMedicine(medicine, "D.3.2", "Product code"))
                    .flatMap(List::stream)
                    .findFirst()
                    .ifPresent(names::add);
            for (String code : protocol.ofMedicine(medicine, "D.3.3", "ATC")) {
                if (ATC.matcher(code).matches()) {
                    codes.add(code);
                } else {
                    cells.remark("D.3.3", code, "left out: not an ATC code");
                }
            }
        }
        cells.putAll("product", names).putAll("atc", codes).put("atmp_class", atmpClass());
        boolean withDevice =
                tested.stream().anyMatch(medicine -> saysYes(medicine, WITH_DEVICE) || saysYes(medicine, "D.3.11.3.4"));
        cells.put("intervention", withDevice ? "both" : "drug");
    }

    /** The class of the first that is an advanced therapy; {@code none} if all say that they are not; else empty. */
    Optional<String> atmpClass() {
        boolean allSayNo = true;
        for (int medicine : tested) {
            for (Map.Entry<String, String> flag : CLASSES.entrySet()) {
                if (saysYes(medicine, flag.getKey())) {
                    return Optional.of(flag.getValue());
                }
            }
            if (saysYes(medicine, ADVANCED)) {
                return Optional.of("unknown");
            }
            allSayNo &= says(medicine, ADVANCED, "no")
                    || CLASSES.keySet().stream().allMatch(flag -> says(medicine, flag, "no"));
        }
        return allSayNo && any() ? Optional.of("none") : Optional.empty();
    }

    private boolean saysYes(int medicine, String code) {
        return says(medicine, code, "yes");
    }

    private boolean says(int medicine, String code, String answer) {
        List<String> answers = protocol.ofMedicine(medicine, code, "");
        return answers.size() == 1
                && EuctrTrial.yesOrNo(Optional.of(answers.get(0))).equals(Optional.of(answer));
    }
}
