package se.samsyn.node.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.CodeList;

final class VocabularyTest {
    private static final AgreedWords WORDS = new AgreedWords(NetworkFiles.shipped());
    private static final CodeList PHASES = WORDS.codes("phase");

    @ParameterizedTest
    @CsvSource({
        "phase, ctgov, Early Phase 1, I",
        "phase, ctgov, EARLY_PHASE1, I",
        "phase, ctgov, PHASE2|PHASE3, II/III",
        "phase, ctgov, NA, none",
        "phase, ctgov, Not Applicable, none",
        "phase, euctr, 4, IV",
        "status, ctgov, Unknown status, unknown",
        "status, ctgov, Terminated, stopped-early",
        "sponsor-class, euctr, Only non-industry, non-commercial",
        "study-type, ctgov, OBSERVATIONAL, observational"
    })
    void mapsWhatIsCertain(String vocabulary, String registry, String word, String code) {
        assertThat(WORDS.vocabulary(vocabulary).code(registry, word)).contains(code);
    }

    @ParameterizedTest
    @CsvSource({
        "phase, euctr, discordant",
        "phase, euctr, 0",
        "phase, ctgov, 4",
        "phase, ctgov, phase 1",
        "phase, '', Phase 1",
        "status, euctr, ongoing",
        "status, euctr, all-complete-or-terminated",
        "status, ctgov, Not yet recruiting",
        "status, ctgov, 'completed '",
        "sponsor-class, euctr, mixed/unclear"
    })
    void guessesNothing(String vocabulary, String registry, String word) {
        assertThat(WORDS.vocabulary(vocabulary).code(registry, word)).isEmpty();
    }

    @Test
    void takesACodeForItselfWhateverTheRegistry() {
        PHASES.codes()
                .forEach(code -> assertThat(WORDS.vocabulary("phase").code("no-such-registry", code.code()))
                        .contains(code.code()));
    }

    @Test
    void refusesAWordWithTwoMeanings() {
        assertMalformed(
                "registry,word,code,note\nctgov,X,I,\nctgov,X,II,\n", "line 3: \"X\" of ctgov has a meaning already");
    }

    @Test
    void refusesACodeThatTheListDoesNotHave() {
        assertMalformed("registry,word,code,note\nctgov,X,V,\n", "line 2: the code list has no \"V\"");
    }

    @Test
    void refusesAnotherHeader() {
        assertMalformed("word,registry,code,note\n", "the header is not registry,word,code,note");
    }

    @Test
    void refusesARowOfAnotherWidth() {
        assertMalformed("registry,word,code,note\nctgov,X,I\n", "line 2: 3 cells, expected 4");
    }

    @Test
    void refusesBytesThatAreNoTable() {
        assertMalformed("registry,word,code,note\nctgov,\"X", "line 2");
    }

    private static void assertMalformed(String csv, String message) {
        assertThatThrownBy(() -> Vocabulary.parse(csv.getBytes(UTF_8), PHASES))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("vocabulary/phase.csv")
                .hasMessageContaining(message);
    }
}
