package se.samsyn.protocol.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.protocol.MalformedException;

/** Milestones of a register, and the steps between them. */
class StepTest {
    @Test
    void leadsFromOneDateOfTheRegisterToAnother() {
        RegisterRule register = TestDefinitions.timedTrials().register().orElseThrow();

        assertThat(register.milestones())
                .extracting(Column::name)
                .containsExactly("submitted", "validated", "decision");
        assertThat(register.steps()).extracting(Step::to).containsExactly("validated", "decision", "decision", "start");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "\"to\":\"validated\" # \"to\":\"ethics\" # step submitted-to-validated names \"ethics\", which is no date of the register;"
                        + " there is decision, end, start, submitted, validated",
                "\"to\":\"start\" # \"to\":\"decision\" # step decision-to-start leads from \"decision\" to itself",
                "\"to\":\"start\" # \"to\":\"phase\" # step decision-to-start names \"phase\", which is no date",
                "\"name\":\"decision-to-start\" # \"name\":\"submitted-to-decision\" # step \"submitted-to-decision\" occurs twice",
                "\"from\":\"decision\",\"to\":\"start\" # \"from\":\"submitted\",\"to\":\"decision\""
                        + " # the way of a step \"submitted to decision\" occurs twice",
                "{\"sv\":\"A\",\"en\":\"A\"} # {\"sv\":\"A\"} # /register/steps/0/label",
                "\"field\":\"decision\",\"type\":\"date\" # \"field\":\"decision\",\"type\":\"number\""
                        + " # a milestone of a register is a date, unlike decision of type number",
                "\"name\":\"validated\" # \"name\":\"phase\" # in the register attribute \"phase\" occurs twice",
                "\"name\":\"validated\" # \"name\":\"start\" # a column cannot be called \"start\"",
            })
    void isRefusedWhereItLeadsNowhere(String what, String instead, String reason) {
        String authored = TestDefinitions.authoredTimedTrials();
        assertThat(authored).contains(what);

        assertThatThrownBy(() -> TestDefinitions.resolve(authored.replace(what, instead)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void isRefusedOfARegisterThatDoesNotSayWhatIsOver() {
        String authored = TestDefinitions.authoredTimedTrials();
        int overlap = authored.indexOf("\"overlap\":");
        String faulty = authored.substring(0, overlap) + authored.substring(authored.indexOf("\"places\":", overlap));

        assertThatThrownBy(() -> TestDefinitions.resolve(faulty))
                .isInstanceOf(MalformedException.class)
                .hasMessage("a register with steps says by overlap which trials are over and wait for nothing");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-28, 2024-03-01, 2",
        "2023-02-28, 2023-03-01, 1",
        "2024-02-28, 2024-02-28, 0",
        "1990-01-01, 2030-01-01, 14610",
        "2024-03-01, 2024-02-28,",
        "2024-02, 2024-03-01,",
        "2024-02-28, 2024,"
    })
    void takesDaysOnlyBetweenDatesThatSayTheirDaysInOrder(String from, String to, Integer days) {
        assertThat(Step.days(from, to).stream().boxed().findFirst().orElse(null))
                .isEqualTo(days);
    }
}
