package se.samsyn.node.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.node.network.NetworkFiles;

/** Planned participants against actual ones. */
final class RecruitedShareTest {
    @ParameterizedTest
    @CsvSource({
        "100, 49, 0-49",
        "100, 50, 50-79",
        "200, 159, 50-79",
        "100, 80, 80-99",
        "3, 3, 100-119",
        "100, 120, 120-",
        "1, 100000000, 120-",
        "100, 0, 0-49",
        "0, 5, unknown",
        "100, , unknown",
        ", 100, unknown"
    })
    void isTheRangeThatTheShareFallsInto(String planned, String actual, String code) {
        try (TestNode node = TestNode.covering("12")) {
            node.importCsv(
                    RecordKind.TRIAL,
                    "trial_id,planned_participants,actual_participants\n2018-001234-12,%s,%s\n"
                            .formatted(planned == null ? "" : planned, actual == null ? "" : actual));
            node.importCsv(RecordKind.SITE, "trial_id,region\n2018-001234-12,12\n");

            assertThat(node.scan("trial").get(0).text("recruitedShare")).isEqualTo(code);
        }
        assertThat(NetworkFiles.shipped().codeList("recruited-share").indexOf(code))
                .isNotNegative();
    }
}
