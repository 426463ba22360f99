package se.samsyn.node.registry;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import se.samsyn.protocol.MalformedException;

/** The resources of a file, to find what a reference leads to: within the study itself, or elsewhere in the file. Never outside of it. */
final class FhirResources {
    private final Map<String, Field> byName = new HashMap<>();
    /** Names that two resources have, which therefore lead nowhere. */
    private final Set<String> doubtful = new HashSet<>();

    /**
     * Adds a resource.
     *
     * @param fullUrl of its entry in a bundle, if it has one
     */
    void add(Field resource, Optional<String> fullUrl) {
        fullUrl.ifPresent(url -> put(url, resource));
        Optional<String> type = resource.at("resourceType").text();
        Optional<String> id = resource.at("id").text();
        if (type.isPresent() && id.isPresent()) {
            put(type.get() + "/" + id.get(), resource);
        }
    }

    /**
     * What a reference leads to, if it is in the file.
     *
     * @param study the resource that the reference stands in
     * @throws MalformedException if the reference or the resource is not built as FHIR has it
     */
    Optional<Field> resolve(Field study, Field reference) {
        Optional<String> target = reference.at("reference").text();
        if (target.isEmpty()) {
            return Optional.empty();
        }
        if (target.get().startsWith("#")) {
            String id = target.get().substring(1);
            return Optional.of(study.at("contained").items().stream()
                    .filter(resource -> resource.at("id").text().equals(Optional.of(id)))
                    .findFirst()
                    .orElseThrow(
                            () -> reference.at("reference").malformed("the id of a resource that the study contains")));
        }
        String plain = target.get().replaceFirst("/_history/.*", "");
        return Optional.ofNullable(byName.get(plain)).filter(resource -> !doubtful.contains(plain));
    }

    /** The type of what a reference leads to, as far as the file or the reference itself tells it; else empty. */
    String type(Field study, Field reference) {
        Optional<String> found = resolve(study, reference)
                .flatMap(resource -> resource.at("resourceType").text());
        return found.or(() -> reference.at("type").text())
                .or(() -> reference.at("reference").text().map(FhirResources::typeInUrl))
                .orElse("");
    }

    private static String typeInUrl(String url) {
        String[] steps = url.replaceFirst("/_history/.*", "").split("/", -1);
        return steps.length < 2 ? "" : steps[steps.length - 2];
    }

    private void put(String name, Field resource) {
        if (byName.put(name, resource) != null) {
            doubtful.add(name);
        }
    }
}
