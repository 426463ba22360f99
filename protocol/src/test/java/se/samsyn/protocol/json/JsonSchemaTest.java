package se.samsyn.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.MalformedException;

class JsonSchemaTest {
    private static final String VALID =
            "{\"name\":\"phase\",\"codes\":[{\"code\":\"I\",\"label\":{\"sv\":\"Fas I\",\"en\":\"Phase I\"}}]}";

    @Test
    void takesWhatMatches() {
        assertThatCode(() -> JsonSchema.named("code-list").check(json(VALID))).doesNotThrowAnyException();
    }

    @Test
    void namesEachOffendingFieldByItsPointerAndWhatWasExpected() {
        String wrong = "{\"name\":7,\"codes\":[{\"code\":\"I I\",\"label\":{\"sv\":\"Fas I\",\"nl\":\"Fase I\"}}]}";

        assertThatThrownBy(() -> JsonSchema.named("code-list").check(json(wrong)))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("code-list does not match its schema: ")
                .hasMessageContaining("/name: integer found, string expected")
                .hasMessageContaining("/codes/0/code: does not match the regex pattern")
                .hasMessageContaining("/codes/0/label: required property 'en' not found")
                .hasMessageContaining("/codes/0/label: property 'nl' is not defined");
    }

    @Test
    void boundsWhatItQuotes() {
        String huge = "{\"name\":\"" + "A".repeat(100_000) + "\",\"" + "b".repeat(900) + "\":1}";

        assertThatThrownBy(() -> JsonSchema.named("code-list").check(json(huge)))
                .isInstanceOf(MalformedException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2_000));
    }

    @Test
    void followsReferencesWithinTheClassPath() {
        String wrong =
                "{\"dataset\":\"d\",\"version\":1,\"record\":\"r\",\"title\":{\"sv\":\"\",\"en\":\"D\"},\"period\":7}";

        assertThatThrownBy(() -> JsonSchema.named("dataset").check(json(wrong)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("/title/sv:")
                .hasMessageContaining("/period:");
    }

    @Test
    void refusesTheNameOfASchemaThatIsNotThere() {
        assertThatThrownBy(() -> JsonSchema.named("nothing")).isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonNode json(String text) {
        return CanonicalJson.parse(text.getBytes(UTF_8));
    }
}
