package se.samsyn.protocol.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.MalformedException;

class PeriodRuleTest {
    private static final PeriodRule CLOSED =
            new PeriodRule(Granularity.QUARTER, "date", Period.parse("2024-Q1"), 45, false);
    private static final PeriodRule OPEN = new PeriodRule(Granularity.YEAR, "start", Period.parse("2018"), 90, true);

    @Test
    void expectsAClosedPeriodFromTheDayAfterItsLast() {
        assertThat(CLOSED.expected(LocalDate.of(2024, 3, 31))).isEmpty();
        assertThat(CLOSED.expected(LocalDate.of(2024, 4, 1))).containsExactly(Period.parse("2024-Q1"));
        assertThat(CLOSED.expected(LocalDate.of(2024, 9, 30)))
                .containsExactly(Period.parse("2024-Q1"), Period.parse("2024-Q2"));
    }

    @Test
    void expectsTheRunningPeriodOfAnOpenDatasetAndTheUnknownOne() {
        assertThat(OPEN.expected(LocalDate.of(2017, 12, 31))).isEmpty();
        assertThat(OPEN.expected(LocalDate.of(2019, 1, 1)))
                .containsExactly(Period.parse("2018"), Period.parse("2019"), Period.UNKNOWN);
    }

    @Test
    void isDueSomeDaysAfterThePeriodHasEnded() {
        assertThat(CLOSED.due(Period.parse("2024-Q1"))).isEqualTo(LocalDate.of(2024, 5, 15));
        assertThat(OPEN.due(Period.parse("2019"))).isEqualTo(LocalDate.of(2020, 3, 30));
        assertThat(OPEN.due(Period.UNKNOWN)).isEqualTo(OPEN.due(Period.parse("2018")));
    }

    @Test
    void mayReleaseExactlyWhatItExpects() {
        LocalDate today = LocalDate.of(2024, 7, 1);
        assertThat(CLOSED.mayRelease(Period.parse("2024-Q2"), today)).isTrue();
        assertThat(CLOSED.mayRelease(Period.parse("2024-Q3"), today)).isFalse();
        assertThat(CLOSED.mayRelease(Period.parse("2023-Q4"), today)).isFalse();
        assertThat(CLOSED.mayRelease(Period.parse("2024"), today)).isFalse();
        assertThat(CLOSED.mayRelease(Period.UNKNOWN, today)).isFalse();
        assertThat(OPEN.mayRelease(Period.UNKNOWN, today)).isTrue();
        assertThat(OPEN.mayRelease(Period.parse("2025"), today)).isFalse();
    }

    @Test
    void hasNoDueDayForAPeriodThatItHasNot() {
        assertThatThrownBy(() -> CLOSED.due(Period.UNKNOWN)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> CLOSED.due(Period.parse("2023-Q4"))).isInstanceOf(MalformedException.class);
    }
}
