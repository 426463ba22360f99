package se.samsyn.node.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import se.samsyn.protocol.MalformedException;

/**
 * Trials as the European Union's register CTIS gives them to the public: with the structure before the relaunch of June 2024, where the
 * parts stand at the top, and the one after it, where they stand in {@code authorizedApplication}. One trial, or an array of them; what a
 * program that collects them has put beside is passed over.
 */
final class CtisFormat implements RegistryFormat {
    @Override
    public String title() {
        return "CTIS (JSON, before and after June 2024)";
    }

    @Override
    public boolean recognises(RegistryDocument document) {
        return document.json()
                .flatMap(json -> json.isArray() ? Optional.ofNullable(json.get(0)) : Optional.of(json))
                .filter(CtisFormat::isTrial)
                .isPresent();
    }

    @Override
    public List<RegistryTrial> read(RegistryDocument document) {
        JsonNode json = document.json()
                .orElseThrow(() -> new MalformedException(document.name() + ": not JSON, expected " + title()));
        Field root = Field.of(document.name(), json);
        List<RegistryTrial> trials = new ArrayList<>();
        for (Field trial : root.isArray() ? root.items() : List.of(root)) {
            trials.add(new CtisTrial(trial).read());
        }
        return trials;
    }

    private static boolean isTrial(JsonNode json) {
        return json.has("ctNumber")
                && Stream.of("authorizedApplication", "authorizedPartI", "applications")
                        .anyMatch(json::has);
    }
}
