package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.TestDefinitions;

class ViewQueryTest {
    private final DatasetDefinition costs = TestDefinitions.costs();
    private final DatasetDefinition trials = TestDefinitions.trials();

    @Test
    void takesTheFirstTableUnlessOneIsNamed() {
        assertThat(TestNetwork.query(costs).table()).contains("home-region");
        assertThat(TestNetwork.query(costs, "table=home-region")).isEqualTo(TestNetwork.query(costs));
    }

    @Test
    void groupsByAttributesAndRegion() {
        ViewQuery query = TestNetwork.query(trials, "group=phase,sponsor-class", "by=region", "from=2019", "to=2020");

        assertThat(query)
                .isEqualTo(new ViewQuery(
                        "trials",
                        Optional.empty(),
                        List.of("phase", "sponsor-class"),
                        Optional.of(Period.parse("2019")),
                        Optional.of(Period.parse("2020")),
                        true));
        assertThat(TestNetwork.query(trials, "group=region,phase"))
                .isEqualTo(TestNetwork.query(trials, "group=phase", "by=region"));
    }

    @Test
    void selectsTheRangeAndKeepsTheUnknownPeriodOnlyWhereNoneIsNamed() {
        List<Period> expected = trials.period().expected(LocalDate.of(2021, 1, 1));

        assertThat(TestNetwork.query(trials).select(expected))
                .isEqualTo(expected)
                .contains(Period.UNKNOWN);
        assertThat(TestNetwork.query(trials, "from=2019", "to=2020").select(expected))
                .containsExactly(Period.parse("2019"), Period.parse("2020"));
        assertThat(TestNetwork.query(trials, "from=2020").select(expected))
                .containsExactly(Period.parse("2020"), Period.parse("2021"));
        assertThat(TestNetwork.query(trials, "to=2030").select(expected)).hasSize(4);
        assertThat(TestNetwork.query(trials, "from=2029").select(expected)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour=red|dataset trials has no parameter \"colour\"; there is by, derive, from, group, to",
                "table=home-region|dataset trials has no parameter \"table\"; there is by, derive, from, group, to",
                "group=fase|dataset trials has no attribute \"fase\"; there is phase, sponsor-class, region",
                "group=phase,|dataset trials has no attribute \"\"; there is phase, sponsor-class, region",
                "group=phase,phase|group names an attribute twice: phase,phase",
                "by=county|dataset trials has no place to compare by \"county\"; there is region",
                "from=2017|there is no period 2017: this dataset goes by year from 2018",
                "from=2019-Q1|there is no period 2019-Q1: this dataset goes by year from 2018",
                "to=unknown|there is no period unknown: this dataset goes by year from 2018",
                "to=19|a period is written 2019, 2019-Q3, 2019-07 or unknown, not \"19\"",
            })
    void refusesWhatIsNotThereAndSaysWhatIs(String param, String message) {
        assertThatThrownBy(() -> TestNetwork.query(trials, param))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    @Test
    void refusesWhatATableDatasetHasNot() {
        assertThatThrownBy(() -> TestNetwork.query(costs, "table=study-region"))
                .isInstanceOf(MalformedException.class)
                .hasMessage("dataset costs has no table \"study-region\"; there is home-region");
        assertThatThrownBy(() -> TestNetwork.query(costs, "group=home-region"))
                .hasMessage("dataset costs has no parameter \"group\"; there is derive, from, table, to");
        assertThatThrownBy(() -> TestNetwork.query(costs, "from=2024-Q3", "to=2024-Q2"))
                .hasMessage("from 2024-Q3 is after to 2024-Q2");
    }

    @Test
    void isCheckedAlsoWhereItWasNotParsed() {
        ViewQuery grouped = new ViewQuery(
                "costs", Optional.of("home-region"), List.of("phase"), Optional.empty(), Optional.empty(), false);
        assertThatThrownBy(() -> grouped.check(costs)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> grouped.check(trials)).isInstanceOf(MalformedException.class);
    }
}
