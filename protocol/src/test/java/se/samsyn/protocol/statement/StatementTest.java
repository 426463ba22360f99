package se.samsyn.protocol.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.Mutation;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.statistic.Figure;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.Evidence;

class StatementTest {
    private static final Hash A = Hash.sha256(new byte[] {'a'});
    private static final Hash B = Hash.sha256(new byte[] {'b'});
    private static final Hash C = Hash.sha256(new byte[] {'c'});
    private static final SummaryStatement SUMMARY = new SummaryStatement(
            "skane.swetrial.example", 1, "costs", A, Period.parse("2024-Q1"), B, 1234, Optional.of(C));
    private static final String SUMMARY_JSON =
            "{\"dataset\":\"costs\",\"definition\":\"" + A + "\",\"kind\":\"summary\",\"length\":1234,"
                    + "\"node\":\"skane.swetrial.example\",\"period\":\"2024-Q1\",\"root\":1,\"sha256\":\"" + B
                    + "\",\"supersedes\":\"" + C + "\"}";

    static Stream<Arguments> statements() {
        return Stream.of(
                Arguments.of(SUMMARY, SUMMARY_JSON),
                Arguments.of(
                        new SummaryStatement("a", 7, "trials", A, Period.UNKNOWN, B, 1, Optional.empty()),
                        "{\"dataset\":\"trials\",\"definition\":\"" + A
                                + "\",\"kind\":\"summary\",\"length\":1,\"node\":\"a\","
                                + "\"period\":\"unknown\",\"root\":7,\"sha256\":\"" + B + "\"}"),
                Arguments.of(
                        new Retraction("a", 1, A, B),
                        "{\"kind\":\"retraction\",\"node\":\"a\",\"root\":1,\"sha256\":\"" + A + "\",\"supersedes\":\""
                                + B + "\"}"),
                Arguments.of(
                        new RootAccepted("a", 2, A),
                        "{\"hash\":\"" + A + "\",\"kind\":\"root-accepted\",\"node\":\"a\",\"root\":2}"),
                Arguments.of(
                        new FeasibilityRequest(
                                "a",
                                1,
                                LocalDate.parse("2026-11-02"),
                                "Genterapi",
                                Optional.of("SAM-1"),
                                "cohorts",
                                A,
                                "t",
                                new TreeMap<>(Map.of("sex", List.of("female", "male"))),
                                YearMonth.parse("2027-01"),
                                LocalDate.parse("2026-11-30"),
                                List.of("b", "c")),
                        "{\"asked\":\"2026-11-02\",\"criteria\":{\"sex\":[\"female\",\"male\"]},\"dataset\":\"cohorts\","
                                + "\"deadline\":\"2026-11-30\",\"definition\":\"" + A
                                + "\",\"kind\":\"feasibility-request\",\"members\":[\"b\",\"c\"],\"node\":\"a\","
                                + "\"product\":\"SAM-1\",\"root\":1,\"start\":\"2027-01\",\"table\":\"t\","
                                + "\"title\":\"Genterapi\"}"),
                Arguments.of(
                        new FeasibilityAnswer(
                                "b",
                                1,
                                A,
                                LocalDate.parse("2026-11-05"),
                                FeasibilityAnswer.Interest.PERHAPS,
                                OptionalLong.of(8),
                                Optional.empty(),
                                List.of(new FeasibilityAnswer.Site("Lund", FeasibilityAnswer.SiteRole.SATELLITE)),
                                Optional.of("Efter sommaren"),
                                Optional.of(new FeasibilityAnswer.Eligible(
                                        "cohorts", Period.parse("2025"), B, new Figure.Interval(3, 9)))),
                        "{\"answered\":\"2026-11-05\",\"capacity\":8,\"eligible\":{\"dataset\":\"cohorts\","
                                + "\"figure\":{\"from\":3,\"to\":9},\"period\":\"2025\",\"sha256\":\"" + B
                                + "\"},\"interest\":\"perhaps\",\"kind\":\"feasibility-answer\",\"node\":\"b\","
                                + "\"note\":\"Efter sommaren\",\"request\":\"" + A
                                + "\",\"root\":1,\"sites\":[{\"name\":\"Lund\",\"role\":\"satellite\"}]}"),
                Arguments.of(
                        new EvidenceStatement("a", 1, Evidence.of(note(A), note(B))),
                        "{\"evidence\":{\"a\":\"b/log\\n1\\n" + A.toBase64()
                                + "\\n\\n— b/log AAAAAQI=\\n\",\"b\":\"b/log\\n1\\n"
                                + B.toBase64()
                                + "\\n\\n— b/log AAAAAQI=\\n\"},\"kind\":\"evidence\",\"node\":\"a\",\"root\":1}"));
    }

    private static SignedNote note(Hash root) {
        String text = new Checkpoint("b/log", new TreeHead(1, root)).encode();
        return SignedNote.of(text, List.of(new SignatureLine("b/log", 1, new byte[] {2})));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void areCanonicalJson(Statement statement, String json) {
        assertThat(new String(statement.encode(), StandardCharsets.UTF_8)).isEqualTo(json);
        assertThat(parse(json)).isEqualTo(statement);
    }

    @ParameterizedTest
    @MethodSource("statements")
    void refuseOrKeepEveryMutation(Statement statement, String json) {
        Mutation.check(
                json.getBytes(StandardCharsets.UTF_8),
                3_000,
                21,
                bytes -> Statement.parse(bytes).encode());
        assertThat(statement.kind()).isIn(StatementJson.KINDS);
    }

    /** One field of the summary altered, and what the refusal must name. */
    static Stream<Arguments> faults() {
        return Stream.of(
                fault("\"costs\"", "\"Costs\"", "/dataset"),
                fault("\"costs\"", "5", "/dataset"),
                fault("\"definition\":\"" + A + "\",", "", "definition"),
                fault(A.toHex(), A.toHex().toUpperCase(Locale.ROOT), "/definition"),
                fault(A.toHex(), A.toBase64(), "/definition"),
                fault(B.toHex(), B.toHex().substring(1), "/sha256"),
                fault(C.toHex(), "", "/supersedes"),
                fault("\"length\":1234", "\"length\":0", "/length"),
                fault("\"length\":1234", "\"length\":-1", "/length"),
                fault("\"length\":1234", "\"length\":\"1234\"", "/length"),
                fault("\"length\":1234", "\"length\":16777217", "/length"),
                fault("skane.swetrial.example", "Skåne", "/node"),
                fault("2024-Q1", "2024-Q5", "/period"),
                fault("2024-Q1", "2024-q1", "/period"),
                fault("\"root\":1", "\"root\":0", "/root"),
                fault("\"root\":1", "\"root\":true", "/root"),
                fault("\"kind\":\"summary\"", "\"kind\":\"weather\"", "/kind"),
                fault("\"kind\":\"summary\"", "\"kind\":7", "/kind"),
                fault("\"kind\":\"summary\",", "", "/kind"),
                fault("\"kind\":\"summary\"", "\"extra\":1,\"kind\":\"summary\"", "extra"),
                fault("\"kind\":\"summary\"", "\"kind\":\"retraction\"", "retraction does not match its schema"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void nameTheFieldThatIsWrong(String from, String to, String named) {
        String json = SUMMARY_JSON.replace(from, to);

        assertThat(json).isNotEqualTo(SUMMARY_JSON);
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"summary\"",
                "{}",
                "{\"kind\":\"root-accepted\"}",
                " {\"hash\":\"x\"}",
            })
    void refuseWhatIsNoStatement(String json) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(MalformedException.class);
    }

    @Test
    void haveOneSpelling() {
        assertThatThrownBy(() -> parse(SUMMARY_JSON + "\n")).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> parse(SUMMARY_JSON.replace(":1234", ": 1234"))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> parse(SUMMARY_JSON.replace("costs", "\\u0063osts")))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> parse(SUMMARY_JSON.replace("\"root\":1", "\"root\":1,\"root\":1")))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> parse(SUMMARY_JSON.replace("\"root\":1", "\"root\":1.0")))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void cannotBeMadeOfWhatCouldNotBeRead() {
        assertThatThrownBy(() -> new RootAccepted("Skåne", 1, A)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new RootAccepted("a", 0, A)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new RootAccepted("a", 1L << 53, A)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new SummaryStatement("a", 1, "Costs", A, Period.UNKNOWN, B, 1, Optional.empty()))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new SummaryStatement("a", 1, "costs", A, Period.UNKNOWN, B, 0, Optional.empty()))
                .isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " Lund",
                "a@b.se",
                "ring 040-17 10 00",
                "19121212-1212",
                "+46 (0)40 171000",
                "two\nlines",
                "\u202eLund"
            })
    void keepContactDetailsAndIdentityNumbersOut(String text) {
        assertThatThrownBy(() -> new FeasibilityAnswer.Site(text, FeasibilityAnswer.SiteRole.MAIN))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("a site's name");
    }

    @Test
    void refuseFeasibilityInAnySecondSpelling() {
        String request = (String) statements().toList().get(4).get()[1];
        assertThat(request).contains("feasibility-request");
        for (String wrong : List.of(
                request.replace("[\"b\",\"c\"]", "[\"c\",\"b\"]"),
                request.replace("[\"b\",\"c\"]", "[]"),
                request.replace("[\"female\",\"male\"]", "[\"male\",\"female\"]"),
                request.replace("[\"female\",\"male\"]", "[]"),
                request.replace("2026-11-30", "2026-11-01"),
                request.replace("2026-11-30", "2026-11-31"),
                request.replace("\"title\":\"Genterapi\"", "\"title\":\"Ring 0701234567\""),
                request.replace("\"title\":\"Genterapi\"", "\"title\":\"" + "x".repeat(201) + "\""))) {
            assertThat(wrong).isNotEqualTo(request);
            assertThatThrownBy(() -> parse(wrong)).as(wrong).isInstanceOf(MalformedException.class);
        }
        String answer = (String) statements().toList().get(5).get()[1];
        for (String wrong : List.of(
                answer.replace("{\"from\":3,\"to\":9}", "{\"from\":9,\"to\":9}"),
                answer.replace("{\"from\":3,\"to\":9}", "{\"exact\":3,\"to\":9}"),
                answer.replace("\"capacity\":8", "\"capacity\":-1"),
                answer.replace("\"capacity\":8", "\"capacity\":1000001"),
                answer.replace("satellite", "director"),
                answer.replace("\"perhaps\"", "\"soon\""),
                answer.replace("Efter sommaren", "x".repeat(301)))) {
            assertThat(wrong).isNotEqualTo(answer);
            assertThatThrownBy(() -> parse(wrong)).as(wrong).isInstanceOf(MalformedException.class);
        }
    }

    private static Arguments fault(String from, String to, String named) {
        return Arguments.of(from, to, named);
    }

    private static Statement parse(String json) {
        return Statement.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
