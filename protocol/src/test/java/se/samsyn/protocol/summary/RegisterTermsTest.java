package se.samsyn.protocol.summary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.RegistryNumber;
import se.samsyn.protocol.dataset.TestDefinitions;

/** A register that also tells ends, terms and sites. */
class RegisterTermsTest {
    private static final DatasetDefinition TRIALS = TestDefinitions.openTrials();

    @Test
    void isReadAsItIsWritten() {
        Summary summary = summary(row());

        byte[] body = summary.encode();

        assertThat(new String(body, UTF_8))
                .contains(
                        "\"register\":[{\"condition\":[\"C83.3\",\"D46\"],\"end\":\"2024\",\"ids\":[\"NCT00000001\"],")
                .contains("\"product\":[\"alpha-cel\"]")
                .contains("\"sites\":[{\"hospital\":\"unknown\",\"place\":\"12\",\"role\":\"main\"},"
                        + "{\"hospital\":\"unknown\",\"place\":\"12\",\"role\":\"main\"}]");
        assertThat(Summary.parse(body, TRIALS)).isEqualTo(summary);
    }

    @Test
    void leavesOutWhatATrialHasNoneOf() {
        RegisterRow row = row();
        Summary summary = summary(new RegisterRow(
                row.ids(),
                row.start(),
                Optional.empty(),
                row.attributes(),
                List.of(List.of(), List.of()),
                List.of(),
                row.places()));

        byte[] body = summary.encode();

        assertThat(new String(body, UTF_8)).doesNotContain("condition", "product", "sites", "end");
        assertThat(Summary.parse(body, TRIALS)).isEqualTo(summary);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "\"C83.3\" # \"lymphoma\" # condition \"lymphoma\" is not written as icd-10-se",
                "\"C83.3\",\"D46\" # \"D46\",\"C83.3\" # C83.3 is out of place",
                "\"alpha-cel\" # \"Anna\" # product \"Anna\" is not in code list product",
                "\"condition\":[\"C83.3\",\"D46\"] # \"condition\":\"C83.3\" # not the encoding of what it says",
                "\"condition\":[\"C83.3\",\"D46\"] # \"condition\":[] # must have at least 1 item",
                "\"end\":\"2024\" # \"end\":\"2024-13\" # no day of the calendar",
                "\"role\":\"main\"}] # \"role\":\"other\"}] # role \"other\" is not in code list site-role",
                "{\"hospital\":\"unknown\" # {\"hospital\":\"mine\" # hospital \"mine\" is not in code list hospital",
                "\"place\":\"12\",\"role\":\"main\"}] # \"place\":\"14\",\"role\":\"main\"}] # which is not among places",
                "\"place\":\"12\",\"role\":\"main\"}] # \"name\":\"x\",\"place\":\"12\",\"role\":\"main\"}] # name"
            })
    void refusesWhatIsNoCodeOrOutOfPlace(String what, String instead, String reason) {
        String body = new String(summary(row()).encode(), UTF_8);
        assertThat(body).contains(what);

        assertThatThrownBy(() -> Summary.parse(body.replace(what, instead).getBytes(UTF_8), TRIALS))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesInARegisterThatDoesNotTellThemEndsAndSites() {
        DatasetDefinition plain = TestDefinitions.trials();
        RegisterRow row = new RegisterRow(
                row().ids(), row().start(), row().end(), List.of("I", "unknown"), List.of(), List.of(), List.of("12"));
        assertThatThrownBy(() -> new Register(plain.register().orElseThrow(), List.of(row)))
                .hasMessageContaining("has an end, which this register does not tell");
        RegisterRow placed = new RegisterRow(
                row().ids(),
                row().start(),
                Optional.empty(),
                List.of("I", "unknown"),
                List.of(),
                row().sites(),
                List.of("12"));
        assertThatThrownBy(() -> new Register(plain.register().orElseThrow(), List.of(placed)))
                .hasMessageContaining("has sites, which this register does not tell");
    }

    @Test
    void isCheckedForPlacesAsBefore() {
        assertThatThrownBy(() -> DisclosureCheck.verify(TRIALS, summary(row()), List.of(), "14"::equals))
                .isInstanceOf(RefutedException.class)
                .hasMessage("place \"12\" is outside the scope of the member");
    }

    private static RegisterRow row() {
        RegisterSite site = new RegisterSite("12", "main", "unknown");
        return new RegisterRow(
                List.of(RegistryNumber.parse("NCT00000001")),
                Optional.of("2020-05"),
                Optional.of("2024"),
                List.of("I", "unknown", "recruiting"),
                List.of(List.of("C83.3", "D46"), List.of("alpha-cel")),
                List.of(site, site),
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
