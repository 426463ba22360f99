package se.samsyn.node.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.MalformedException;

/**
 * {@code ResearchStudy} resources of HL7 FHIR, releases R4 and R5, in JSON: one, a bundle, or one resource a line. Which release a study is
 * of shows in its elements.
 */
final class FhirFormat implements RegistryFormat {
    private static final String STUDY = "ResearchStudy";
    private static final String BUNDLE = "Bundle";
    private static final String TYPE = "resourceType";

    @Override
    public String title() {
        return "HL7 FHIR R4 or R5 ResearchStudy";
    }

    @Override
    public boolean recognises(RegistryDocument document) {
        return document.json().filter(FhirFormat::holdsStudy).isPresent();
    }

    private static boolean holdsStudy(JsonNode json) {
        if (json.isArray()) {
            for (JsonNode item : json) {
                if (holdsStudy(item)) {
                    return true;
                }
            }
            return false;
        }
        String type = json.path(TYPE).asText();
        if (!type.equals(BUNDLE)) {
            return type.equals(STUDY);
        }
        for (JsonNode entry : json.path("entry")) {
            if (holdsStudy(entry.path("resource"))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<RegistryTrial> read(RegistryDocument document) {
        FhirResources resources = new FhirResources();
        List<Field> studies = new ArrayList<>();
        collect(
                Field.of(
                        document.name(),
                        document.json().orElseThrow(() -> new MalformedException(document.name() + ": not JSON"))),
                Optional.empty(),
                resources,
                studies);
        if (studies.isEmpty()) {
            throw new MalformedException(document.name() + ": no ResearchStudy in it");
        }
        return studies.stream()
                .map(study -> new FhirStudy(study, shape(study), resources).read())
                .toList();
    }

    private static void collect(
            Field resource, Optional<String> fullUrl, FhirResources resources, List<Field> studies) {
        if (resource.isArray()) {
            resource.items().forEach(item -> collect(item, Optional.empty(), resources, studies));
            return;
        }
        String type = resource.at(TYPE).requiredText();
        if (type.equals(BUNDLE)) {
            for (Field entry : resource.at("entry").items()) {
                if (entry.at("resource").present()) {
                    collect(entry.at("resource"), entry.at("fullUrl").text(), resources, studies);
                }
            }
            return;
        }
        resources.add(resource, fullUrl);
        if (type.equals(STUDY)) {
            studies.add(resource);
        }
    }

    /** The release whose elements a study has; empty if it has none that only one of them has. */
    private static Optional<FhirShape> shape(Field study) {
        Optional<MalformedException> r4 = FhirShape.R4.fault(study);
        Optional<MalformedException> r5 = FhirShape.R5.fault(study);
        if (r4.isPresent() && r5.isPresent()) {
            boolean isRatherR4 = FhirShape.R4.known(study) >= FhirShape.R5.known(study);
            MalformedException fault = isRatherR4 ? r4.get() : r5.get();
            throw new MalformedException(
                    fault.getMessage() + ", in FHIR " + (isRatherR4 ? FhirShape.R4 : FhirShape.R5)
                            + "; and it is not of the other release either",
                    fault);
        }
        if (r4.isEmpty() && r5.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(r4.isEmpty() ? FhirShape.R4 : FhirShape.R5);
    }
}
