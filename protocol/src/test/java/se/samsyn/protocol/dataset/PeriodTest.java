package se.samsyn.protocol.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;

class PeriodTest {
    @ParameterizedTest
    @CsvSource({
        "2019, 2019-01-01, 2019-12-31, 2020",
        "2019-Q3, 2019-07-01, 2019-09-30, 2019-Q4",
        "2019-Q4, 2019-10-01, 2019-12-31, 2020-Q1",
        "2020-02, 2020-02-01, 2020-02-29, 2020-03",
        "2019-12, 2019-12-01, 2019-12-31, 2020-01"
    })
    void knowsItsDaysAndItsSuccessor(String text, LocalDate first, LocalDate last, String next) {
        Period period = Period.parse(text);

        assertThat(period.firstDay()).isEqualTo(first);
        assertThat(period.lastDay()).isEqualTo(last);
        assertThat(period.next()).hasToString(next);
        assertThat(period).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "19",
                "02019",
                "2019-Q0",
                "2019-Q5",
                "2019-00",
                "2019-13",
                "2019-7",
                "2019-q3",
                "2019-Q3 ",
                "2019-07-01",
                "Unknown",
                "1899",
                "3000",
                "+2019",
                "٢٠١٩"
            })
    void refusesWhatIsNoPeriod(String text) {
        assertThatThrownBy(() -> Period.parse(text)).isInstanceOf(MalformedException.class);
    }

    @Test
    void ordersByFirstDayAndPutsTheUnknownLast() {
        List<Period> ordered = List.of(
                Period.parse("2018-12"),
                Period.parse("2019"),
                Period.parse("2019-Q1"),
                Period.parse("2019-01"),
                Period.parse("2019-Q2"),
                Period.UNKNOWN);

        assertThat(ordered.stream().sorted()).containsExactlyElementsOf(ordered);
        assertThat(Period.parse("unknown")).isEqualTo(Period.UNKNOWN).hasToString("unknown");
    }

    @Test
    void theUnknownPeriodHasNoDays() {
        assertThatThrownBy(Period.UNKNOWN::firstDay).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(Period.UNKNOWN::next).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void holdsTheDayThatItWasMadeToContain() {
        long seed = 20260101;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 3_000; i++) {
            LocalDate day = LocalDate.of(1900, 1, 1).plusDays(random.nextInt(400_000));
            for (Granularity granularity : Granularity.values()) {
                Period period = Period.containing(day, granularity);
                assertThat(day).as("seed %d, %s", seed, day).isBetween(period.firstDay(), period.lastDay());
                assertThat(Period.parse(period.toString())).isEqualTo(period);
                assertThat(period.granularity()).isEqualTo(granularity);
            }
        }
    }
}
