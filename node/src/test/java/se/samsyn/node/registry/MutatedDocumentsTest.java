package se.samsyn.node.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.node.Json;

/** Documents that nobody wrote: each gives what the original gives, less what was spoilt, or is refused by name of a field. */
class MutatedDocumentsTest {
    private static final int ROUNDS = 2000;

    /** What the pieces of a cell may come from: the original, and what a mutation puts in. */
    private static final String INSERTED = "inserted";

    private interface Mutation {
        void apply(ObjectNode parent, String name, Random random);
    }

    private static final List<Mutation> MUTATIONS = List.of(
            (parent, name, random) -> parent.remove(name),
            (parent, name, random) -> parent.putNull(name),
            (parent, name, random) -> parent.put(name, INSERTED),
            (parent, name, random) -> parent.put(name, ""),
            (parent, name, random) -> parent.put(name, INSERTED.repeat(20_000)),
            (parent, name, random) -> parent.put(name, -1),
            (parent, name, random) -> parent.put(name, Long.MAX_VALUE),
            (parent, name, random) -> parent.put(name, new BigInteger("9".repeat(99))),
            (parent, name, random) -> parent.put(name, 1e300),
            (parent, name, random) -> parent.put(name, random.nextBoolean()),
            (parent, name, random) -> parent.putArray(name),
            (parent, name, random) ->
                    parent.putArray(name).addNull().add(INSERTED).add(1),
            (parent, name, random) -> parent.putObject(name),
            (parent, name, random) -> parent.putObject(name).put(name, INSERTED),
            (parent, name, random) -> parent.set(name, deep(random.nextInt(150))),
            (parent, name, random) -> parent.put(name + "x", INSERTED));

    @ParameterizedTest
    @ValueSource(strings = {"ctgov", "ctis"})
    void aMutatedDocumentGivesNothingNewOrIsRefused(String format) {
        Supplier<ObjectNode> original = format.equals("ctgov") ? SyntheticTrials::ctgov : SyntheticTrials::ctis;
        String words = original.get() + Readings.trial(original.get()).cells().toString() + INSERTED;
        Random random = new Random(4711);
        int read = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            ObjectNode document = original.get();
            for (int i = 0; i <= random.nextInt(3); i++) {
                mutate(document, random);
            }
            byte[] bytes = document.toString().getBytes(UTF_8);
            DocumentReading reading = Readings.DOCUMENTS.read("document", bytes).get(0);
            if (reading instanceof DocumentReading.Read good) {
                read++;
                good.trials().forEach(trial -> checkCells(trial, words));
            } else {
                refused++;
                assertThat(((DocumentReading.Refused) reading).why())
                        .containsPattern("expected |not JSON within bounds|in none of the formats")
                        .hasSizeLessThan(1000);
            }
        }
        assertThat(read).isGreaterThan(ROUNDS / 5);
        assertThat(refused).isGreaterThan(ROUNDS / 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ctgov", "ctis"})
    void aDocumentWithSpoiltBytesIsReadOrRefused(String format) {
        ObjectNode original = format.equals("ctgov") ? SyntheticTrials.ctgov() : SyntheticTrials.ctis();
        byte[] bytes = original.toString().getBytes(UTF_8);
        Random random = new Random(1147);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] spoilt = bytes.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                spoilt[random.nextInt(spoilt.length)] =
                        (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : "{}[]\",:0".charAt(random.nextInt(8)));
            }
            for (DocumentReading reading : Readings.DOCUMENTS.read("document", spoilt)) {
                if (reading instanceof DocumentReading.Read good) {
                    good.trials().forEach(trial -> assertThat(trial.cells()).containsKeys("trial_id", "registry"));
                }
            }
        }
    }

    /** Every piece of a cell stands in the document, and every date, count and code is written as one. */
    private static void checkCells(RegistryTrial trial, String words) {
        assertThat(trial.cells()).containsEntry("trial_id", trial.where());
        assertThat(trial.remarks()).allMatch(remark -> remark.value().length() <= 60);
        for (Map.Entry<String, String> cell : trial.cells().entrySet()) {
            String value = cell.getValue();
            assertThat(value).isNotBlank().hasSizeLessThanOrEqualTo(TrialCells.MAX_LONG);
            if (cell.getKey().endsWith("_date")) {
                assertThat(value).matches("[0-9]{4}(-[0-9]{2}){0,2}");
            } else if (cell.getKey().endsWith("_participants")) {
                assertThat(value).matches("[0-9]+");
            } else if (List.of("rare_disease", "low_intervention", "registry_based")
                    .contains(cell.getKey())) {
                assertThat(value).matches("yes|no");
            } else if (!List.of("intervention", "atmp_class").contains(cell.getKey())) {
                for (String piece : value.split("\\|", -1)) {
                    assertThat(words.contains(piece) || piece.matches("-?[0-9]+|Non-Commercial|Commercial"))
                            .as(cell.toString())
                            .isTrue();
                }
            }
        }
    }

    private static void mutate(ObjectNode document, Random random) {
        List<ObjectNode> objects = new ArrayList<>();
        collect(document, objects);
        ObjectNode parent = objects.get(random.nextInt(objects.size()));
        List<String> names = new ArrayList<>();
        parent.fieldNames().forEachRemaining(names::add);
        if (!names.isEmpty()) {
            MUTATIONS
                    .get(random.nextInt(MUTATIONS.size()))
                    .apply(parent, names.get(random.nextInt(names.size())), random);
        }
    }

    private static void collect(JsonNode json, List<ObjectNode> objects) {
        if (json instanceof ObjectNode object) {
            objects.add(object);
        }
        json.forEach(child -> collect(child, objects));
    }

    private static JsonNode deep(int depth) {
        ArrayNode outer = Json.array();
        ArrayNode inner = outer;
        for (int i = 0; i < depth; i++) {
            inner = inner.addArray();
        }
        return outer;
    }
}
