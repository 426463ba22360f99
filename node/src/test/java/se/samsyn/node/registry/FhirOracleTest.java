package se.samsyn.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import se.samsyn.node.registry.JsonMutations.Mutation;
import se.samsyn.protocol.MalformedException;

/** HAPI FHIR, which nobody here wrote, makes studies and says what is in them; what we read is held to that. */
class FhirOracleTest {
    private static final Map<FhirShape, FhirContext> CONTEXTS =
            Map.of(FhirShape.R4, FhirContext.forR4(), FhirShape.R5, FhirContext.forR5());

    @Test
    void readsWhatHapiWroteOfR4() {
        IParser parser = strict(FhirShape.R4);
        for (int seed = 0; seed < 300; seed++) {
            FhirStudies4 study = new FhirStudies4(new Random(seed));
            String written = parser.encodeResourceToString(study.resource());
            // what HAPI itself reads back
            Map<String, String> expected =
                    FhirStudies4.cells(parser.parseResource(org.hl7.fhir.r4.model.ResearchStudy.class, written));

            RegistryTrial trial = Readings.trial(FhirFormatTest.json(written));

            assertThat(ofInterest(trial, expected))
                    .as("seed %s: %s", seed, written)
                    .isEqualTo(expected);
        }
    }

    @Test
    void readsWhatHapiWroteOfR5() {
        IParser parser = strict(FhirShape.R5);
        for (int seed = 0; seed < 300; seed++) {
            FhirStudies5 study = new FhirStudies5(new Random(seed));
            String written = parser.encodeResourceToString(study.resource());
            Map<String, String> expected =
                    FhirStudies5.cells(parser.parseResource(org.hl7.fhir.r5.model.ResearchStudy.class, written));

            RegistryTrial trial = Readings.trial(FhirFormatTest.json(written));

            assertThat(ofInterest(trial, expected))
                    .as("seed %s: %s", seed, written)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(FhirShape.class)
    void refusesWhatHapiRefuses(FhirShape shape) {
        IParser parser = strict(shape);
        JsonNode sound = FhirFormatTest.json(shape == FhirShape.R4 ? FhirFormatTest.R4 : FhirFormatTest.R5);
        parser.parseResource(sound.toString());
        int refused = 0;
        for (Mutation mutation : JsonMutations.of(sound)) {
            // what stands in other resources, and the ways to reach a person, are not looked into
            boolean isLookedAt = !mutation.pointer().startsWith("/contained")
                    && !mutation.pointer().startsWith("/contact/0/telecom");
            if (isLookedAt && refuses(parser, mutation.document())) {
                refused++;
                assertThat(read(mutation.document())).as("%s", mutation).isEmpty();
            }
        }
        assertThat(refused).isGreaterThan(300);
    }

    @ParameterizedTest
    @EnumSource(FhirShape.class)
    void damageGivesATrialOrARefusal(FhirShape shape) {
        JsonNode sound = FhirFormatTest.json(shape == FhirShape.R4 ? FhirFormatTest.R4 : FhirFormatTest.R5);
        int refused = 0;
        for (Mutation mutation : JsonMutations.of(sound)) {
            Optional<RegistryTrial> trial = read(mutation.document());
            refused += trial.isEmpty() ? 1 : 0;
            trial.ifPresent(taken -> assertThat(taken.cells())
                    .as("%s", mutation)
                    .containsKey("trial_id")
                    .containsEntry("registry", "fhir"));
        }
        assertThat(refused).isGreaterThan(300);
    }

    private static Map<String, String> ofInterest(RegistryTrial trial, Map<String, String> expected) {
        Map<String, String> cells = new LinkedHashMap<>(trial.cells());
        for (int i = 0; i < trial.sites().size(); i++) {
            cells.put("site " + i, trial.sites().get(i).toString());
        }
        // the order of a map does not matter, but a diff reads better with it
        Map<String, String> sorted = new LinkedHashMap<>();
        expected.keySet()
                .forEach(column ->
                        Optional.ofNullable(cells.remove(column)).ifPresent(value -> sorted.put(column, value)));
        sorted.putAll(cells);
        return sorted;
    }

    private static Optional<RegistryTrial> read(JsonNode document) {
        try {
            RegistryDocument study = new RegistryDocument("study.json", document.toString(), Optional.of(document));
            return new FhirFormat().recognises(study)
                    ? Optional.of(new FhirFormat().read(study).get(0))
                    : Optional.empty();
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return Optional.empty();
        }
    }

    private static boolean refuses(IParser parser, JsonNode document) {
        try {
            IBaseResource resource = parser.parseResource(document.toString());
            return resource == null;
        } catch (DataFormatException | IllegalArgumentException | ClassCastException e) {
            return true;
        }
    }

    private static IParser strict(FhirShape shape) {
        return CONTEXTS.get(shape).newJsonParser().setParserErrorHandler(new StrictErrorHandler());
    }
}
