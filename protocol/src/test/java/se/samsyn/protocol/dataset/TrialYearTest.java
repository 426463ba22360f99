package se.samsyn.protocol.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;

class TrialYearTest {
    private static final List<RegistryNumber> NUMBERS = Stream.of("NCT01234567", "2012-001234-12", "2010-009999-01")
            .map(RegistryNumber::parse)
            .toList();

    @ParameterizedTest
    @ValueSource(strings = {"2015", "2015-08", "2015-08-31"})
    void isThatOfTheStartDateWhereThereIsOne(String start) {
        TrialYear year = TrialYear.of(Optional.of(start), NUMBERS);

        assertThat(year).isEqualTo(new TrialYear(OptionalInt.of(2015), false));
        assertThat(year.period()).isEqualTo(Period.parse("2015"));
    }

    @Test
    void isTheSmallestOfTheNumbersElse() {
        assertThat(TrialYear.of(Optional.empty(), NUMBERS)).isEqualTo(new TrialYear(OptionalInt.of(2010), true));
    }

    @Test
    void isUnknownWhereNothingTellsIt() {
        TrialYear year = TrialYear.of(Optional.empty(), NUMBERS.subList(0, 1));

        assertThat(year).isEqualTo(new TrialYear(OptionalInt.empty(), false));
        assertThat(year.period()).isEqualTo(Period.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "15", "2015-13", "2015-02-30", "2015-8-31", "0000", "1899-12-31", "9999", "2015-08-31T"})
    void refusesAStartThatIsNoDate(String start) {
        assertThatThrownBy(() -> TrialYear.of(Optional.of(start), NUMBERS)).isInstanceOf(MalformedException.class);
    }
}
