package se.samsyn.node.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.RegistryNumber;

/**
 * One trial out of the protocols of its countries. What holds for the whole trial is taken from the Swedish protocol, and where that says
 * nothing from the next one in the file that does; that another says otherwise is remarked. What holds for a country, its status and the
 * dates and opinions of its authority and ethics committee, is taken from the Swedish protocol or not at all.
 */
final class EuctrTrial {
    private static final String REGISTRY = "euctr";

    private static final SortedMap<String, String> PHASES = new TreeMap<>(Map.of(
            "E.7.1", "Human pharmacology (Phase I)",
            "E.7.2", "Therapeutic exploratory (Phase II)",
            "E.7.3", "Therapeutic confirmatory (Phase III)",
            "E.7.4", "Therapeutic use (Phase IV)"));

    private static final int ISRCTN_DIGITS = 8;

    /** Swedish first, else as in the file. */
    private final List<EuctrProtocol> protocols;

    private final TrialCells cells;

    private EuctrTrial(List<EuctrProtocol> protocols) {
        this.protocols = protocols.stream()
                .sorted(Comparator.comparing(protocol -> !protocol.isSwedish()))
                .toList();
        this.cells = new TrialCells(protocols.get(0).number());
    }

    /**
     * Reads a trial.
     *
     * @param protocols of one number, at least one
     * @throws MalformedException if a field that stands once in a protocol says two things there
     */
    static RegistryTrial read(List<EuctrProtocol> protocols) {
        return new EuctrTrial(protocols).read();
    }

    private RegistryTrial read() {
        cells.put("trial_id", protocols.get(0).number()).put("registry", REGISTRY);
        putOtherNumbers();
        put("title", "A.3", protocol -> protocol.value("A.3", "Full title").or(() -> protocol.value("A.3.1", "Title")));
        put("sponsor_class", "B.3", protocol -> first(protocol.values("B.3.1 and B.3.2", "Status of the sponsor")));
        putSponsor();
        put("study_type", "Clinical Trial Type", protocol -> protocol.value("", "Clinical Trial Type"));
        put("phase", "E.7", EuctrTrial::phase);
        remarkUnanswered();
        put("condition_words", "E.1.1", EuctrTrial::conditions);
        put("rare_disease", "E.1.3", protocol -> yesOrNo(protocol.value("E.1.3", "Condition being studied is a rare")));
        putProducts();
        put("end_date", "P. Date of the global end", protocol -> protocol.value("P.", "Date of the global end"));
        putNational();
        int contacts = protocols.stream().mapToInt(EuctrProtocol::contacts).sum();
        if (contacts > 0) {
            cells.remark("B.5", "", "contact points: " + contacts + " fields dropped");
        }
        return cells.trial(List.of());
    }

    private void putOtherNumbers() {
        List<String> numbers = new ArrayList<>();
        for (EuctrProtocol protocol : protocols) {
            protocol.values("A.5.1", "ISRCTN").forEach(number -> addNumber("A.5.1", isrctn(number), numbers));
            protocol.values("A.5.2", "US NCT").forEach(number -> addNumber("A.5.2", number, numbers));
        }
        numbers.remove(protocols.get(0).number());
        cells.putAll("other_ids", numbers);
    }

    private void addNumber(String code, String number, List<String> numbers) {
        try {
            numbers.add(RegistryNumber.parse(number.replace(" ", "")).toString());
        } catch (MalformedException e) {
            cells.remark(code, number, "left out: not a number of that registry");
        }
    }

    /** The field is for ISRCTN numbers alone, and some write no more than the digits. */
    private static String isrctn(String number) {
        boolean bare = number.length() == ISRCTN_DIGITS && number.chars().allMatch(c -> c >= '0' && c <= '9');
        return bare ? "ISRCTN" + number : number;
    }

    private void putSponsor() {
        for (EuctrProtocol protocol : protocols) {
            List<String> names = protocol.values("B.1.1", "Name of Sponsor");
            String sponsorClass = first(protocol.values("B.3.1 and B.3.2", "Status of the sponsor"))
                    .orElse("");
            if (names.isEmpty()) {
                continue;
            }
            if (PersonNames.isSponsor(names.get(0), sponsorClass)) {
                cells.remark("B.1.1", "", "left out: looks like a person's name");
            } else {
                cells.put("sponsor", names.get(0));
            }
            if (names.size() > 1) {
                cells.remark("B.1.1", "", "left out: " + (names.size() - 1) + " more sponsors, the first is kept");
            }
            return;
        }
    }

    private void putProducts() {
        List<EuctrProducts> products = protocols.stream()
                .map(EuctrProducts::new)
                .filter(EuctrProducts::any)
                .toList();
        if (products.isEmpty()) {
            return;
        }
        EuctrProducts first = products.get(0);
        first.put(cells);
        products.stream()
                .skip(1)
                .filter(other -> !other.atmpClass().equals(first.atmpClass()))
                .forEach(other -> cells.remark(
                        "D.3.11.3",
                        other.atmpClass().orElse(""),
                        "left out: " + other.authority() + " says otherwise than " + first.authority()));
    }

    private void putNational() {
        List<EuctrProtocol> swedish =
                protocols.stream().filter(EuctrProtocol::isSwedish).toList();
        if (swedish.isEmpty()) {
            cells.remark(
                    "A.1",
                    "",
                    "no Swedish protocol, so its status, decision, ethics opinion and participants are not known;"
                            + " there are those of "
                            + protocols.stream()
                                    .map(EuctrProtocol::authority)
                                    .distinct()
                                    .collect(Collectors.joining(", ")));
            return;
        }
        put(
                "status",
                "Trial Status",
                swedish,
                protocol -> protocol.value("", "Trial Status").or(() -> protocol.value("P.", "End of Trial Status")));
        put(
                "decision_date",
                "N. Date of Competent Authority Decision",
                swedish,
                protocol -> protocol.value("N.", "Date of Competent Authority Decision"));
        put(
                "ethics_date",
                "N. Date of Ethics Committee Opinion",
                swedish,
                protocol -> protocol.value("N.", "Date of Ethics Committee Opinion"));
        put("planned_participants", "F.4.1", swedish, protocol -> protocol.value("F.4.1", "In the member state"));
    }

    private void put(String column, String path, Function<EuctrProtocol, Optional<String>> field) {
        put(column, path, protocols, field);
    }

    private void put(
            String column, String path, List<EuctrProtocol> from, Function<EuctrProtocol, Optional<String>> field) {
        Optional<EuctrProtocol> kept = Optional.empty();
        for (EuctrProtocol protocol : from) {
            Optional<String> value = field.apply(protocol);
            if (value.isEmpty()) {
                continue;
            }
            if (kept.isEmpty()) {
                kept = Optional.of(protocol);
                putCell(column, path, value.get());
            } else if (!isSame(value, field.apply(kept.get()))) {
                cells.remark(
                        path,
                        value.get(),
                        "left out: " + protocol.authority() + " says otherwise than "
                                + kept.get().authority());
            }
        }
    }

    private void putCell(String column, String path, String value) {
        if (column.endsWith("_date")) {
            cells.putDate(column, path, Optional.of(value));
        } else if (column.equals("planned_participants") && !isCount(value)) {
            cells.remark(path, value, "left out: not a whole number");
        } else {
            cells.put(column, value);
        }
    }

    /** Digits, as few as a number of participants has. */
    private static boolean isCount(String value) {
        return value.matches("0|[1-9][0-9]{0,7}");
    }

    private static boolean isSame(Optional<String> value, Optional<String> kept) {
        return value.map(text -> text.toLowerCase(Locale.ROOT)).equals(kept.map(text -> text.toLowerCase(Locale.ROOT)));
    }

    private void remarkUnanswered() {
        for (String code : PHASES.keySet()) {
            Optional<String> answer = protocols.get(0).value(code, question(code));
            if (yesOrNo(answer).isEmpty()) {
                cells.remark(
                        code,
                        answer.orElse(""),
                        "neither yes nor no in the protocol of "
                                + protocols.get(0).authority() + ", which then tells of no phase");
            }
        }
    }

    /** The phases that are answered with yes, if all four are answered. */
    private static Optional<String> phase(EuctrProtocol protocol) {
        List<String> phases = new ArrayList<>();
        for (Map.Entry<String, String> phase : PHASES.entrySet()) {
            Optional<String> answer = yesOrNo(protocol.value(phase.getKey(), question(phase.getKey())));
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            if (answer.get().equals("yes")) {
                phases.add(phase.getValue());
            }
        }
        return Optional.of(String.join("|", phases)).filter(text -> !text.isEmpty());
    }

    private static String question(String code) {
        String phase = Objects.requireNonNull(PHASES.get(code), code);
        return phase.substring(0, phase.indexOf(" ("));
    }

    private static Optional<String> conditions(EuctrProtocol protocol) {
        List<String> words = new ArrayList<>(
                protocol.value("E.1.1", "Medical condition").stream().toList());
        if (words.isEmpty()) {
            protocol.value("E.1.1.1", "Medical condition in easily").ifPresent(words::add);
        }
        words.addAll(protocol.values("E.1.2", "Term"));
        String joined = words.stream()
                .map(word -> word.replace('|', '/'))
                .filter(word -> word.length() <= TrialCells.MAX_SHORT)
                .distinct()
                .collect(Collectors.joining("|"));
        return Optional.of(joined).filter(text -> !text.isEmpty());
    }

    static Optional<String> yesOrNo(Optional<String> answer) {
        return answer.map(text -> text.toLowerCase(Locale.ROOT))
                .filter(text -> text.equals("yes") || text.equals("no"));
    }

    private static Optional<String> first(List<String> values) {
        return values.stream().findFirst();
    }
}
