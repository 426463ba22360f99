package se.samsyn.node.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;

final class FormTest {
    @ParameterizedTest
    @ValueSource(strings = {"2019", "2019-02", "2020-02-29", "1994-06-15", "2041-06-02"})
    void readsDatesAsFarAsTheyAreKnown(String date) {
        assertThat(Form.PARTIAL_DATE.read(date)).isEqualTo(date);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2019-02-29", "2019-13", "2019-00", "19", "2019-2", "00/01/1900", "1899", "2019-02-01 ", "٢٠١٩"})
    void refusesDatesThatTheCalendarDoesNotHave(String date) {
        assertThatThrownBy(() -> Form.PARTIAL_DATE.read(date)).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2019", "2019-02", "2019-02-29"})
    void wantsTheWholeDayOfACost(String date) {
        assertThatThrownBy(() -> Form.DAY.read(date)).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "800229-1234",
                "8002291234",
                "19800229-1234",
                "198002291234",
                "20191231.1234",
                "800289-1234",
                "19800291_1234"
            })
    void refusesAPseudonymThatLooksLikeAPersonalNumber(String number) {
        assertThatThrownBy(() -> Form.PARTICIPANT.read(number)).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-1", "S-norra-001", "8013291234", "800200-1234", "3f0a9c17-1980-0229-1234-5b6c7d8e9f00"})
    void takesPseudonymsThatAreNone(String pseudonym) {
        assertThat(Form.PARTICIPANT.read(pseudonym)).isEqualTo(pseudonym);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Anna Andersson", "a@b.se", "-1", "å1"})
    void refusesNamesAndAddressesAsPseudonyms(String name) {
        assertThatThrownBy(() -> Form.PARTICIPANT.read(name)).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "/1", ".", "F 1", "F|1"})
    void refusesKeysThatDoNotStartWithALetterOrDigitOrHoldAnythingElse(String key) {
        assertThatThrownBy(() -> Form.KEY.read(key)).isInstanceOf(MalformedException.class);
    }

    @Test
    void sortsOtherNumbersAndKeepsEachOnce() {
        assertThat(Form.REGISTRY_NUMBERS.read("NCT01234567|2018-001234-12|NCT01234567"))
                .isEqualTo("2018-001234-12|NCT01234567");
        assertThat(Form.REGISTRY_NUMBERS.read("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NCT01234567|", "|", "NCT01234567||NCT01234568", "NCT01234567 | NCT01234568", "nct01234567"})
    void refusesListsThatHoldAnythingElse(String list) {
        assertThatThrownBy(() -> Form.REGISTRY_NUMBERS.read(list)).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lymphoma| |leukaemia", " |leukaemia", "\u2003"})
    void refusesListsWithABlankTerm(String list) {
        assertThatThrownBy(() -> Form.WORDS.read(list)).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"leukaemia | lymphoma", "b|a|b", "  Malmo\u0308\t|x"})
    void readsWhatItStoresAsItself(String list) {
        String stored = Form.WORDS.read(list);

        assertThat(Form.WORDS.read(stored)).isEqualTo(stored);
    }

    @Test
    void makesOneLineOfATextAndOneCharacterOfALetter() {
        assertThat(Form.TEXT.read("  A trial\r\n of\tMalmo\u0308 ")).isEqualTo("A trial of Malm\u00f6");
    }

    @Test
    void boundsTexts() {
        assertThat(Form.TEXT.read("x".repeat(Form.MAX_TEXT_LENGTH))).hasSize(Form.MAX_TEXT_LENGTH);
        assertThatThrownBy(() -> Form.TEXT.read("x".repeat(Form.MAX_TEXT_LENGTH + 1)))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Form.TITLE.read("x".repeat(Form.MAX_TITLE_LENGTH + 1)))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void boundsNumbers() {
        assertThat(Form.AMOUNT_ORE.read("100000000000")).isEqualTo("100000000000");
        assertThat(Form.PARTICIPANTS.read("100000000")).isEqualTo("100000000");
        assertThat(Form.PARTICIPANTS.read("0")).isEqualTo("0");
        for (String amount : List.of("100000000001", "0", "-1", "+1", "1.0", "01", "1e3", "١")) {
            assertThatThrownBy(() -> Form.AMOUNT_ORE.read(amount)).as(amount).isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> Form.PARTICIPANTS.read("100000001")).isInstanceOf(MalformedException.class);
    }
}
