package se.samsyn.node.registry;

import static se.samsyn.node.registry.FhirStudies4.day;
import static se.samsyn.node.registry.FhirStudies4.put;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.hl7.fhir.r5.model.CodeableConcept;
import org.hl7.fhir.r5.model.CodeableReference;
import org.hl7.fhir.r5.model.Coding;
import org.hl7.fhir.r5.model.DateTimeType;
import org.hl7.fhir.r5.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r5.model.Organization;
import org.hl7.fhir.r5.model.Reference;
import org.hl7.fhir.r5.model.ResearchStudy;
import org.hl7.fhir.r5.model.ResearchStudy.ResearchStudyProgressStatusComponent;

/** Random studies of R5 in HAPI's own classes, and what these classes say that is in them. */
final class FhirStudies5 {
    private static final String ATC = "http://www.whocc.no/atc";
    private static final String[] STATES = {"recruiting", "approved", "completed", "terminated"};

    private static final List<PublicationStatus> PUBLISHED = List.of(
            PublicationStatus.DRAFT, PublicationStatus.ACTIVE, PublicationStatus.RETIRED, PublicationStatus.UNKNOWN);

    private final ResearchStudy study = new ResearchStudy();

    FhirStudies5(Random random) {
        study.addIdentifier().setValue("ISRCTN" + (10_000_000 + random.nextInt(80_000_000)));
        study.setTitle("Studie " + random.nextInt(1000));
        study.setStatus(PUBLISHED.get(random.nextInt(PUBLISHED.size())));
        study.addStudyDesign(
                concept("http://hl7.org/fhir/study-design", random.nextBoolean() ? "SEVCO:01001" : "SEVCO:01002"));
        if (random.nextBoolean()) {
            study.setPhase(concept(
                    "http://terminology.hl7.org/CodeSystem/research-study-phase", "phase-" + (1 + random.nextInt(4))));
        }
        if (random.nextBoolean()) {
            CodeableConcept product = concept(ATC, "L01XL0" + random.nextInt(9));
            product.setText("product " + random.nextInt(9));
            study.addFocus(new CodeableReference(product));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            study.addCondition().setText("Sjukdom " + random.nextInt(100));
        }
        if (random.nextBoolean()) {
            study.getPeriod().setStartElement(new DateTimeType("2022-0" + (1 + random.nextInt(9))));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            ResearchStudyProgressStatusComponent progress = study.addProgressStatus();
            progress.setState(
                    concept("http://hl7.org/fhir/research-study-status", STATES[random.nextInt(STATES.length)]));
            progress.setActual(random.nextInt(4) > 0);
            // no two at once
            progress.getPeriod().setStartElement(new DateTimeType("202" + i + "-05-06"));
        }
        if (random.nextBoolean()) {
            study.getRecruitment().setTargetNumber(1 + random.nextInt(5000));
            if (random.nextBoolean()) {
                study.getRecruitment().setActualNumber(random.nextInt(5000));
            }
        }
        if (random.nextBoolean()) {
            ResearchStudy.ResearchStudyAssociatedPartyComponent sponsor = study.addAssociatedParty()
                    .setRole(concept("http://hl7.org/fhir/research-study-party-role", "lead-sponsor"));
            sponsor.addClassifier(concept(
                    "http://hl7.org/fhir/research-study-party-organization-type",
                    random.nextBoolean() ? "industry" : "academic"));
            sponsor.setParty(new Reference(new Organization().setName("Bolaget " + random.nextInt(10) + " AB")));
        }
        study.addAssociatedParty()
                .setRole(concept("http://hl7.org/fhir/research-study-party-role", "general-contact"))
                .setName("Ingen Alls");
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding().setSystem(system).setCode(code));
    }

    ResearchStudy resource() {
        return study;
    }

    /** What a trial of that study is, as HAPI's classes tell it. */
    static Map<String, String> cells(ResearchStudy study) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("trial_id", study.getIdentifierFirstRep().getValue());
        cells.put("registry", "fhir");
        put(cells, "title", study.getTitle());
        put(
                cells,
                "study_type",
                study.getStudyDesignFirstRep().getCodingFirstRep().getCode());
        put(cells, "phase", study.getPhase().getCodingFirstRep().getCode());
        study.getProgressStatus().stream()
                .filter(ResearchStudyProgressStatusComponent::getActual)
                .max(Comparator.comparing(progress -> progress.getPeriod().getStart()))
                .ifPresent(progress -> cells.put(
                        "status", progress.getState().getCodingFirstRep().getCode()));
        for (CodeableReference focus : study.getFocus()) {
            cells.put("atc", focus.getConcept().getCodingFirstRep().getCode());
            cells.put("product", focus.getConcept().getText());
        }
        List<String> words = new ArrayList<>();
        study.getCondition().forEach(condition -> words.add(condition.getText()));
        put(cells, "condition_words", words.stream().distinct().collect(Collectors.joining("|")));
        put(cells, "start_date", day(study.getPeriod().getStartElement().getValueAsString()));
        if (study.getRecruitment().hasTargetNumber()) {
            cells.put(
                    "planned_participants",
                    Integer.toString(study.getRecruitment().getTargetNumber()));
        }
        if (study.getRecruitment().hasActualNumber()) {
            cells.put(
                    "actual_participants",
                    Integer.toString(study.getRecruitment().getActualNumber()));
        }
        study.getAssociatedParty().stream()
                .filter(party -> party.getRole().getCodingFirstRep().getCode().equals("lead-sponsor"))
                .forEach(party -> {
                    cells.put("sponsor", ((Organization) party.getParty().getResource()).getName());
                    cells.put(
                            "sponsor_class",
                            party.getClassifierFirstRep().getCodingFirstRep().getCode());
                });
        return cells;
    }
}
