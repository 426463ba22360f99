package se.samsyn.protocol.summary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.RegistryNumber;
import se.samsyn.protocol.dataset.TestDefinitions;

/** Rows of a register that tells milestones. */
class MilestonesTest {
    private static final DatasetDefinition TRIALS = TestDefinitions.timedTrials();

    @Test
    void areReadAsTheyAreWritten() {
        Summary summary = summary(row("2019-11-02", "", "2020-02"));

        byte[] body = summary.encode();

        assertThat(new String(body, UTF_8))
                .contains("\"decision\":\"2020-02\"", "\"submitted\":\"2019-11-02\"")
                .doesNotContain("validated");
        assertThat(Summary.parse(body, TRIALS)).isEqualTo(summary);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "\"2020-02\" # \"2020-02-30\" # decision \"2020-02-30\" is not written as date",
                "\"2020-02\" # \"spring\" # decision \"spring\" is not written as date",
                "\"2020-02\" # [\"2020-02\"] # not the encoding of what it says",
                "\"decision\":\"2020-02\" # \"decided\":\"2020-02\" # decided",
            })
    void areRefusedWhereTheyAreNoDatesOfTheRegister(String what, String instead, String reason) {
        String body = new String(summary(row("2019-11-02", "", "2020-02")).encode(), UTF_8);
        assertThat(body).contains(what);

        assertThatThrownBy(() -> Summary.parse(body.replace(what, instead).getBytes(UTF_8), TRIALS))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void areToldOrLeftOpenEachOfThem() {
        assertThatThrownBy(() -> summary(row("", "")))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("has 2 milestones, expected 3");
    }

    @Test
    void tellApartRowsThatAreElseEqual() {
        RegisterRow known = row("2019-11-02", "", "");
        RegisterRow unknown = row("", "2018", "");

        assertThat(unknown).isLessThan(known);
        assertThat(known.compareTo(row("2019-11-02", "", ""))).isZero();
    }

    private static RegisterRow row(String... milestones) {
        return new RegisterRow(
                List.of(RegistryNumber.parse("NCT00000001")),
                Optional.of("2020-05"),
                Optional.empty(),
                List.of("I", "unknown", "recruiting"),
                List.of(List.of(), List.of()),
                Stream.of(milestones)
                        .map(date -> Optional.of(date).filter(text -> !text.isEmpty()))
                        .toList(),
                List.of(),
                List.of("12"));
    }

    private static Summary summary(RegisterRow row) {
        return new Summary(
                "skane.example",
                TRIALS.dataset(),
                Period.parse("2020"),
                Salt.of(new byte[Salt.LENGTH]),
                new Register(TRIALS.register().orElseThrow(), List.of(row)));
    }
}
