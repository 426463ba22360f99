package se.samsyn.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalDecimalTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 70_000, Long.MAX_VALUE})
    void readsWhatIsPrinted(long number) {
        assertThat(CanonicalDecimal.parse("size", Long.toString(number))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+5",
                "-0",
                "00",
                "01",
                "1 ",
                " 1",
                "1\n",
                "0x1",
                "1e3",
                "9223372036854775808",
                "١"
            })
    void refusesEveryOtherSpelling(String text) {
        assertThatThrownBy(() -> CanonicalDecimal.parse("size", text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("size is \"" + text + "\"");
    }
}
