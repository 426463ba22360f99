package se.samsyn.node.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.RegistryNumber;

/** One {@code ResearchStudy}, read as a trial. */
final class FhirStudy {
    private static final String REGISTRY = "fhir";

    private static final Set<String> ICD_10 = Set.of(
            "http://hl7.org/fhir/sid/icd-10",
            "http://hl7.org/fhir/sid/icd-10-se",
            "urn:oid:2.16.840.1.113883.6.3",
            "urn:oid:1.2.752.116.1.1.1.1.3");
    private static final Set<String> ATC =
            Set.of("http://www.whocc.no/atc", "urn:oid:2.16.840.1.113883.6.73", "urn:oid:1.2.752.129.2.2.3.1.1");
    private static final Pattern ICD_CODE = Pattern.compile("[A-Z][0-9]{2}(?:\\.?[0-9A-Z]{1,3})?");
    private static final Pattern ATC_CODE = Pattern.compile("[A-Z](?:[0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?)?");
    private static final Pattern EPM_DNR = Pattern.compile("20[0-9]{2}-[0-9]{5}(?:-[0-9]{2})?");
    private static final String PHASES = "research-study-phase";

    private final Field study;
    private final Optional<FhirShape> shape;
    private final FhirResources resources;
    private final Persons persons = new Persons();
    private final TrialCells cells;

    /** @param shape the release; empty if the study's elements tell none */
    FhirStudy(Field study, Optional<FhirShape> shape, FhirResources resources) {
        this.study = study;
        this.shape = shape;
        this.resources = resources;
        this.cells = new TrialCells(numbers().get(0));
    }

    /**
     * Reads the study.
     *
     * @throws MalformedException if it has no registry number, or if what it refers to is not built as FHIR has it
     */
    RegistryTrial read() {
        List<String> numbers = numbers();
        cells.put("trial_id", numbers.get(0)).put("registry", REGISTRY);
        cells.putAll("other_ids", numbers.subList(1, numbers.size()));
        putEpmNumber();
        new FhirParties(study, resources, persons).put(cells);
        putText("title", study.at("title"));
        cells.put("study_type", studyType());
        cells.put("phase", code(study.at("phase"), PHASES));
        putStatus();
        putText("stop_reason", first(study.firstOf("reasonStopped", "whyStopped")));
        cells.putDate("start_date", study.at("period", "start"));
        cells.putDate("end_date", study.at("period", "end"));
        putConditions();
        putProducts();
        putParticipants();
        List<RegistrySite> sites = new FhirSites(study, resources, persons).read(cells);
        persons.report(cells, "ResearchStudy");
        return cells.trial(sites);
    }

    /** The valid registry numbers, an official one first, then by their registries. */
    private List<String> numbers() {
        List<RegistryNumber> official = new ArrayList<>();
        List<RegistryNumber> others = new ArrayList<>();
        for (Field identifier : study.at("identifier").items()) {
            boolean isOfficial = identifier.at("use").text().equals(Optional.of("official"));
            identifier.at("value").text().ifPresent(value -> {
                try {
                    (isOfficial ? official : others).add(RegistryNumber.parse(value));
                } catch (MalformedException e) {
                    // a sponsor's, a funder's or a system's own number: none that others know the trial by
                }
            });
        }
        List<String> numbers = Stream.of(official, others)
                .flatMap(some -> some.stream().sorted(Comparator.comparing(RegistryNumber::kind)))
                .map(RegistryNumber::toString)
                .distinct()
                .toList();
        if (numbers.isEmpty()) {
            throw study.at("identifier")
                    .malformed("at least one EU CT, EudraCT, NCT or ISRCTN number among the values");
        }
        return numbers;
    }

    private void putEpmNumber() {
        for (Field identifier : study.at("identifier").items()) {
            boolean isEthics = identifier
                    .at("system")
                    .text()
                    .filter(system -> system.contains("etikprovning"))
                    .isPresent();
            Optional<String> value = identifier.at("value").text();
            if (isEthics && value.filter(EPM_DNR.asMatchPredicate()).isPresent()) {
                cells.put("epm_dnr", value);
            }
        }
    }

    /** Free text without any way to reach a person. */
    private void putText(String column, Field field) {
        putText(column, field.path(), field.text());
    }

    private void putText(String column, Optional<String> text) {
        putText(column, column, text);
    }

    private void putText(String column, String path, Optional<String> text) {
        if (text.filter(PersonNames::inText).isPresent()
                || text.filter(persons::isIn).isPresent()) {
            cells.remark(path, "", "left out: holds what looks like a person");
        } else {
            cells.put(column, text);
        }
    }

    private Optional<String> studyType() {
        Field list = study.firstOf("category", "studyDesign");
        List<String> words = new ArrayList<>();
        for (Field concept : list.items()) {
            code(concept, "").ifPresent(words::add);
        }
        return words.stream()
                .filter(FhirStudy::isOfType)
                .findFirst()
                .or(() -> words.stream().findFirst());
    }

    /** Whether a design is one of the two that all others are kinds of. */
    private static boolean isOfType(String code) {
        return code.equals("SEVCO:01001") || code.equals("SEVCO:01002");
    }

    private void putStatus() {
        if (shape.equals(Optional.of(FhirShape.R4))) {
            cells.put("status", study.at("status").text());
            return;
        }
        if (shape.isEmpty() && study.at("status").present()) {
            cells.remark(
                    study.at("status").path(),
                    "",
                    "left out: a state of the study in FHIR R4, of its publication in R5, and nothing tells which");
        }
        List<Field> happened = study.at("progressStatus").items().stream()
                .filter(progress -> progress.at("actual").truth().orElse(true))
                .toList();
        Optional<Field> latest = happened.size() == 1
                ? Optional.of(happened.get(0))
                : happened.stream()
                        .filter(progress -> progress.at("period", "start").present())
                        .max(Comparator.comparing(
                                progress -> progress.at("period", "start").requiredText()));
        boolean allDated = happened.size() < 2
                || happened.stream()
                        .allMatch(progress -> progress.at("period", "start").present());
        if (!allDated) {
            cells.remark("ResearchStudy.progressStatus", "", "left out: several states, not all with a start");
        } else {
            latest.flatMap(progress -> code(progress.at("state"), "")).ifPresent(state -> cells.put("status", state));
        }
    }

    private void putConditions() {
        List<String> codes = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (Field condition : study.at("condition").items()) {
            codes.addAll(codes(condition, ICD_10, ICD_CODE, "an ICD-10 code"));
            first(condition).filter(text -> !PersonNames.inText(text)).ifPresent(words::add);
        }
        cells.putAll("conditions", codes).putAll("condition_words", words);
    }

    private void putProducts() {
        List<String> codes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Field focus : study.at("focus").items()) {
            Field concept = focus.at("concept").present() ? focus.at("concept") : focus;
            List<String> atc = codes(concept, ATC, ATC_CODE, "an ATC code");
            if (!atc.isEmpty()) {
                codes.addAll(atc);
                first(concept).filter(text -> !atc.contains(text)).ifPresent(names::add);
            }
        }
        cells.putAll("atc", codes).putAll("product", names);
    }

    private List<String> codes(Field concept, Set<String> systems, Pattern pattern, String expected) {
        List<String> codes = new ArrayList<>();
        for (Field coding : concept.at("coding").items()) {
            Optional<String> code = coding.at("code").text();
            if (coding.at("system").text().filter(systems::contains).isEmpty() || code.isEmpty()) {
                continue;
            }
            if (pattern.matcher(code.get()).matches()) {
                codes.add(code.get());
            } else {
                cells.remark(coding.at("code").path(), code.get(), "left out: not " + expected);
            }
        }
        return codes;
    }

    private void putParticipants() {
        cells.putCount("planned_participants", study.at("recruitment", "targetNumber"));
        cells.putCount("actual_participants", study.at("recruitment", "actualNumber"));
        long planned = 0;
        long actual = 0;
        for (Field reference : study.at("enrollment").items()) {
            Optional<Field> group = resources.resolve(study, reference);
            OptionalLong quantity =
                    group.map(found -> found.at("quantity").integer()).orElse(OptionalLong.empty());
            Optional<Boolean> isActual =
                    group.flatMap(found -> found.at("actual").truth());
            if (quantity.isEmpty() || isActual.isEmpty()) {
                cells.remark(reference.path(), "", "left out: the file does not tell how many are in the group");
                return;
            }
            planned += isActual.get() ? 0 : quantity.getAsLong();
            actual += isActual.get() ? quantity.getAsLong() : 0;
        }
        putSum("planned_participants", planned);
        putSum("actual_participants", actual);
    }

    private void putSum(String column, long sum) {
        if (sum > 0 && sum <= TrialCells.MAX_COUNT) {
            cells.put(column, Long.toString(sum));
        } else if (sum != 0) {
            cells.remark(column, Long.toString(sum), "left out: not from 0 to " + TrialCells.MAX_COUNT);
        }
    }

    /** The code in a system whose address ends so, else the first code, else the words. */
    static Optional<String> code(Field concept, String system) {
        List<Field> codings = concept.at("coding").items().stream()
                .filter(coding -> coding.at("code").present())
                .toList();
        return codings.stream()
                .filter(coding -> coding.at("system").text().orElse("").endsWith(system))
                .findFirst()
                .or(() -> codings.stream().findFirst())
                .flatMap(coding -> coding.at("code").text())
                .or(() -> first(concept));
    }

    /** What people call a concept: its text, else what a code is displayed as, else a code. */
    private static Optional<String> first(Field concept) {
        List<Field> codings = concept.at("coding").items();
        return concept.at("text")
                .text()
                .or(() -> codings.stream()
                        .flatMap(coding -> coding.at("display").text().stream())
                        .findFirst())
                .or(() -> codings.stream()
                        .flatMap(coding -> coding.at("code").text().stream())
                        .findFirst());
    }
}
