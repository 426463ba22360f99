package se.samsyn.protocol.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;

class RegistryNumberTest {
    @ParameterizedTest
    @CsvSource({
        "2023-501234-12-00, EU_CT, 2023",
        "2018-001234-12, EUDRACT, 2018",
        "NCT01234567, NCT, 0",
        "ISRCTN12345678, ISRCTN, 0"
    })
    void readsTheNumbersOfFourRegistries(String text, RegistryNumber.Kind kind, int year) {
        RegistryNumber number = RegistryNumber.parse(text);

        assertThat(number.kind()).isEqualTo(kind);
        assertThat(number.year().orElse(0)).isEqualTo(year);
        assertThat(number).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "NCT1234567",
                "NCT012345678",
                "nct01234567",
                "NCT01234567 ",
                "2018-1234-12",
                "2018-001234-123",
                "2023-001234-12-00",
                "1918-001234-12",
                "2118-001234-12",
                "ISRCTN1234567",
                "EudraCT 2018-001234-12",
                "PROTOCOL-7",
                "NCT٠١٢٣٤٥٦٧",
                "NCT01234567\n"
            })
    void refusesWhatNoRegistryWrites(String text) {
        assertThatThrownBy(() -> RegistryNumber.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("no registry number");
    }

    @Test
    void sortsByItsText() {
        assertThat(RegistryNumber.parse("2018-001234-12")).isLessThan(RegistryNumber.parse("ISRCTN12345678"));
        assertThat(RegistryNumber.parse("ISRCTN12345678")).isLessThan(RegistryNumber.parse("NCT00000001"));
        assertThat(RegistryNumber.parse("NCT00000001")).isEqualTo(RegistryNumber.parse("NCT00000001"));
    }
}
