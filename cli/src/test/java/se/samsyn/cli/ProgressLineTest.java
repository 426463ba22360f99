package se.samsyn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
    private static final long TOTAL = 100L << 20;

    private final StringWriter written = new StringWriter();
    private long nowMillis;

    @Test
    void tellsHowMuchIsDoneAndHowLongTheRestTakesAtThisPace() {
        ProgressLine line = line(true);

        nowMillis = 10_000;
        line.at(TOTAL / 4);

        assertThat(written.toString()).isEqualTo("\rcost-item.csv: 25 % of 100.0 MiB, 30 s left\u001b[K");
    }

    @Test
    void countsLongTimesInMinutes() {
        ProgressLine line = line(true);

        nowMillis = 100_000;
        line.at(TOTAL / 4);

        assertThat(written.toString()).contains(", 5 min left");
    }

    @Test
    void foretellsNothingFromTheFirstMoment() {
        ProgressLine line = line(true);

        nowMillis = 500;
        line.at(TOTAL / 4);

        assertThat(written.toString()).contains("25 %").doesNotContain("left");
    }

    @Test
    void writesNoMoreOftenThanAPersonReads() {
        ProgressLine line = line(true);
        for (nowMillis = 0; nowMillis < 1_000; nowMillis++) {
            line.at(nowMillis);
        }

        assertThat(written.toString().chars().filter(c -> c == '\r')).hasSize(4);
    }

    @Test
    void saysWhatComesAfterTheLastByteAndLeavesAnEmptyLine() {
        try (ProgressLine line = line(true)) {
            line.then("the node checks and stores it");
        }

        assertThat(written.toString())
                .isEqualTo("\rcost-item.csv: the node checks and stores it\u001b[K" + "\r\u001b[K");
    }

    @Test
    void writesNothingWhereNobodySeesIt() {
        try (ProgressLine line = line(false)) {
            nowMillis = 10_000;
            line.at(TOTAL / 2);
            line.then("the node checks and stores it");
        }

        assertThat(written.toString()).isEmpty();
    }

    private ProgressLine line(boolean isSeen) {
        return new ProgressLine(
                new PrintWriter(written), isSeen, () -> Instant.ofEpochMilli(nowMillis), "cost-item.csv", TOTAL);
    }
}
