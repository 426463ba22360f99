package se.samsyn.node.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResearchStudy;
import org.hl7.fhir.r4.model.ResearchStudy.ResearchStudyStatus;

/** Random studies of R4 in HAPI's own classes, and what these classes say that is in them. */
final class FhirStudies4 {
    private static final String ICD = "http://hl7.org/fhir/sid/icd-10-se";
    private static final String PHASE = "http://terminology.hl7.org/CodeSystem/research-study-phase";
    private static final String[] DATES = {"2021", "2021-07", "2021-07-31", "2021-07-31T08:09:10+02:00"};
    private static final String[] PHASES = {"n-a", "early-phase-1", "phase-1-phase-2", "phase-4"};

    private final Random random;
    private final ResearchStudy study = new ResearchStudy();

    FhirStudies4(Random random) {
        this.random = random;
        study.addIdentifier().setValue("NCT" + (10_000_000 + random.nextInt(80_000_000)));
        if (random.nextBoolean()) {
            study.addIdentifier().setSystem("https://example.org/own").setValue("KODEN-" + random.nextInt(9));
        }
        if (random.nextBoolean()) {
            study.addIdentifier()
                    .setUse(Identifier.IdentifierUse.SECONDARY)
                    .setValue("2019-00" + (1000 + random.nextInt(9000)) + "-11");
        }
        if (random.nextBoolean()) {
            study.setTitle("En prövning av \"åäö\" \\ nummer " + random.nextInt(1000));
        }
        // HAPI's NULL stands for no state
        ResearchStudyStatus[] states = ResearchStudyStatus.values();
        study.setStatus(states[random.nextInt(states.length - 1)]);
        if (random.nextBoolean()) {
            study.setPhase(new CodeableConcept(new Coding(PHASE, PHASES[random.nextInt(PHASES.length)], "shown")));
        }
        if (random.nextBoolean()) {
            study.addCategory().setText(random.nextBoolean() ? "Interventional" : "Observational");
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            CodeableConcept condition = study.addCondition();
            condition.addCoding(new Coding(ICD, "C" + (10 + random.nextInt(80)), "Sjukdom " + random.nextInt(100)));
            if (random.nextBoolean()) {
                condition.addCoding(new Coding("http://snomed.info/sct", "109969005", "other"));
            }
        }
        if (random.nextBoolean()) {
            study.getPeriod().setStartElement(new DateTimeType(DATES[random.nextInt(DATES.length)]));
        }
        if (random.nextBoolean()) {
            study.getPeriod().setEndElement(new DateTimeType("2024-02-29"));
        }
        if (random.nextBoolean()) {
            Group group = new Group().setActual(random.nextBoolean()).setQuantity(1 + random.nextInt(5000));
            study.addEnrollment(new Reference(group));
        }
        addParties();
        for (int i = random.nextInt(3); i > 0; i--) {
            Location location = new Location().setName("Sjukhuset " + random.nextInt(100));
            location.getAddress()
                    .setCity("Lund")
                    .setPostalCode("22" + random.nextInt(10) + " 85")
                    .setCountry("SE");
            study.addSite(new Reference(location));
        }
        if (random.nextInt(4) == 0) {
            study.setReasonStopped(
                    new CodeableConcept(new Coding("https://example.org", "accrual-goal-met", "goal met")));
        }
    }

    private void addParties() {
        study.setPrincipalInvestigator(new Reference("Practitioner/7").setDisplay("Ingen Alls"));
        study.addContact().setName("Någon Annan");
        if (random.nextBoolean()) {
            study.setSponsor(new Reference(new Organization().setName("Bolaget " + random.nextInt(10) + " AB")));
        } else if (random.nextBoolean()) {
            study.setSponsor(new Reference("Organization/x").setDisplay("Universitetet " + random.nextInt(10)));
        }
    }

    ResearchStudy resource() {
        return study;
    }

    /** What a trial of that study is, as HAPI's classes tell it. */
    static Map<String, String> cells(ResearchStudy study) {
        Map<String, String> cells = new LinkedHashMap<>();
        List<String> numbers = study.getIdentifier().stream()
                .map(Identifier::getValue)
                .filter(value -> !value.startsWith("KODEN"))
                // EudraCT comes before NCT
                .sorted()
                .collect(Collectors.toList());
        cells.put("trial_id", numbers.get(0));
        put(cells, "other_ids", String.join("|", numbers.subList(1, numbers.size())));
        cells.put("registry", "fhir");
        put(cells, "title", study.getTitle());
        cells.put("status", study.getStatus().toCode());
        put(cells, "phase", study.getPhase().getCodingFirstRep().getCode());
        put(cells, "study_type", study.getCategoryFirstRep().getText());
        List<String> codes = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (CodeableConcept condition : study.getCondition()) {
            codes.add(condition.getCodingFirstRep().getCode());
            words.add(condition.getCodingFirstRep().getDisplay());
        }
        put(cells, "conditions", codes.stream().distinct().collect(Collectors.joining("|")));
        put(cells, "condition_words", words.stream().distinct().collect(Collectors.joining("|")));
        put(cells, "start_date", day(study.getPeriod().getStartElement().getValueAsString()));
        put(cells, "end_date", day(study.getPeriod().getEndElement().getValueAsString()));
        for (Reference reference : study.getEnrollment()) {
            Group group = (Group) reference.getResource();
            cells.put(
                    group.getActual() ? "actual_participants" : "planned_participants",
                    Integer.toString(group.getQuantity()));
        }
        Organization sponsor = (Organization) study.getSponsor().getResource();
        put(cells, "sponsor", sponsor == null ? study.getSponsor().getDisplay() : sponsor.getName());
        put(cells, "stop_reason", study.getReasonStopped().getCodingFirstRep().getDisplay());
        int index = 0;
        for (Reference reference : study.getSite()) {
            Location location = (Location) reference.getResource();
            cells.put(
                    "site " + index++,
                    new RegistrySite(
                                    location.getName(),
                                    location.getAddress().getCity(),
                                    location.getAddress().getPostalCode(),
                                    location.getAddress().getCountry(),
                                    "")
                            .toString());
        }
        return cells;
    }

    static String day(String date) {
        return date == null ? null : date.replaceFirst("T.*", "");
    }

    static void put(Map<String, String> cells, String column, String value) {
        if (value != null && !value.isEmpty()) {
            cells.put(column, value);
        }
    }
}
