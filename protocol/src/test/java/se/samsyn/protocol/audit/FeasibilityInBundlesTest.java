package se.samsyn.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.statement.FeasibilityAnswer;
import se.samsyn.protocol.statement.FeasibilityRequest;
import se.samsyn.protocol.statistic.Figure;

/** Feasibility views in audit bundles are computed anew from the logs, and compared byte for byte. */
class FeasibilityInBundlesTest {
    private static final String VIEW = "view/feasibility.json";
    private static final LocalDate TODAY =
            Instant.ofEpochSecond(SmallNetwork.COSIGNED).atZone(ZoneOffset.UTC).toLocalDate();

    private final SmallNetwork network = new SmallNetwork(3);
    private final Hash request = network.append(
            SmallNetwork.HALLAND,
            new FeasibilityRequest(
                    SmallNetwork.HALLAND,
                    1,
                    TODAY.minusDays(3),
                    "Gene therapy",
                    Optional.empty(),
                    "costs",
                    network.costs.hash(),
                    "home-region",
                    new TreeMap<>(Map.of("home-region", List.of("12"))),
                    YearMonth.parse("2027-01"),
                    TODAY,
                    network.nodes.stream().sorted().toList()));

    @Test
    void verifyWhereTheFiguresFollowFromTheReleasedTable() {
        Map<String, byte[]> files = files(20);

        VerificationReport report = SmallNetwork.verify(files, network.told());

        assertThat(new String(files.get(VIEW), StandardCharsets.UTF_8)).contains("\"eligible\":{\"exact\":20}");
        assertThat(report.verdict()).as(report.text()).isEqualTo(VerificationReport.Verdict.VERIFIED);
    }

    @Test
    void areRefutedWhereAFigureWasAltered() {
        Map<String, byte[]> files = files(20);
        String altered = new String(files.get(VIEW), StandardCharsets.UTF_8)
                .replace("\"eligible\":{\"exact\":20}", "\"eligible\":{\"exact\":21}");
        files.put(VIEW, altered.getBytes(StandardCharsets.UTF_8));

        VerificationReport report = SmallNetwork.verify(files, network.told());

        assertThat(report.verdict()).isEqualTo(VerificationReport.Verdict.REFUTED);
        assertThat(report.text()).contains("differs from what the logs give");
    }

    @Test
    void showASignedFigureThatDoesNotFollowAsRejected() {
        Map<String, byte[]> files = files(21);

        assertThat(new String(files.get(VIEW), StandardCharsets.UTF_8))
                .contains("\"state\":\"rejected\"", "eligible is told as");
        assertThat(SmallNetwork.verify(files, network.told()).verdict()).isEqualTo(VerificationReport.Verdict.VERIFIED);
    }

    /** All files of a network whose first member released 20 patients, and tells so many of them. */
    private Map<String, byte[]> files(int told) {
        network.release(SmallNetwork.SKANE, "2024-Q1", 20);
        network.append(
                SmallNetwork.SKANE,
                new FeasibilityAnswer(
                        SmallNetwork.SKANE,
                        1,
                        request,
                        TODAY,
                        FeasibilityAnswer.Interest.YES,
                        OptionalLong.of(3),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(new FeasibilityAnswer.Eligible(
                                "costs",
                                Period.parse("2024-Q1"),
                                network.bodyOf(SmallNetwork.SKANE, 1),
                                new Figure.Exact(told)))));
        Map<String, byte[]> files = network.filesWithoutView();
        files.put(
                VIEW,
                network.picture(network.basis(SmallNetwork.NOW), network.accusations())
                        .feasibility(request, network.basis(SmallNetwork.NOW))
                        .encode());
        return files;
    }
}
