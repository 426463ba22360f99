package se.samsyn.node.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import se.samsyn.protocol.MalformedException;

/**
 * Studies as the API of ClinicalTrials.gov delivers them since 2023 (version 2, data model of 13 modules): one study, an array of them, a
 * page {@code {"studies": [...], "nextPageToken": ...}}, or a study in a wrapper {@code {"study": {...}}}.
 */
final class CtgovV2Format implements RegistryFormat {
    private static final String SECTION = "protocolSection";
    private static final String STUDIES = "studies";
    private static final String STUDY = "study";

    @Override
    public String title() {
        return "ClinicalTrials.gov API v2 (JSON)";
    }

    @Override
    public boolean recognises(RegistryDocument document) {
        return document.json().filter(CtgovV2Format::isStudies).isPresent();
    }

    @Override
    public List<RegistryTrial> read(RegistryDocument document) {
        JsonNode json = document.json()
                .orElseThrow(() -> new MalformedException(document.name() + ": not JSON, expected " + title()));
        List<RegistryTrial> trials = new ArrayList<>();
        for (Field study : studies(Field.of(document.name(), json))) {
            trials.add(new CtgovStudy(study.at(STUDY).present() ? study.at(STUDY) : study).read());
        }
        return trials;
    }

    private static List<Field> studies(Field document) {
        if (document.isArray()) {
            return document.items();
        }
        return document.at(STUDIES).present() ? document.at(STUDIES).items() : List.of(document);
    }

    private static boolean isStudies(JsonNode json) {
        if (json.isArray()) {
            return json.size() > 0 && isStudy(json.get(0));
        }
        JsonNode page = json.path(STUDIES);
        return isStudy(json) || (page.isArray() && (page.isEmpty() ? isOnlyPage(json) : isStudy(page.get(0))));
    }

    /** A page without studies is recognised by having nothing that a page has not. */
    private static boolean isOnlyPage(JsonNode json) {
        return json.size() == 1 || json.has("totalCount") || json.has("nextPageToken");
    }

    private static boolean isStudy(JsonNode json) {
        return json.has(SECTION) || json.path(STUDY).has(SECTION);
    }
}
