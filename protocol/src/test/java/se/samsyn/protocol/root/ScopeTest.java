package se.samsyn.protocol.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;

class ScopeTest {
    @Test
    void aCountyCoversItselfAndItsMunicipalities() {
        Scope scope = Scope.parse("12,01");

        assertThat(scope.encode()).isEqualTo("01,12");
        assertThat(scope.covers("12")).isTrue();
        assertThat(scope.covers("1280")).isTrue();
        assertThat(scope.covers("13")).isFalse();
        assertThat(scope.covers("1380")).isFalse();
        assertThat(scope.covers("-")).isFalse();
    }

    @Test
    void aMunicipalityCoversOnlyItself() {
        Scope scope = Scope.parse("1315,1380");

        assertThat(scope.covers("1380")).isTrue();
        assertThat(scope.covers("1381")).isFalse();
        assertThat(scope.covers("13")).isFalse();
    }

    @Test
    void theUnknownRegionCoversOnlyItself() {
        Scope scope = Scope.parse("-");

        assertThat(scope.covers("-")).isTrue();
        assertThat(scope.covers("12")).isFalse();
        assertThat(scope.covers("")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "12, 12, true",
        "12, 1280, true",
        "1280, 12, true",
        "1280, 1280, true",
        "1280, 1281, false",
        "12, 13, false",
        "12, 1380, false",
        "-, -, true",
        "-, 12, false",
        "'01,12', '14,1280', true",
        "'01,12', '14,1380', false"
    })
    void placesOverlapWhereOneLiesInAnother(String a, String b, boolean overlaps) {
        assertThat(Scope.parse(a).overlaps(Scope.parse(b))).isEqualTo(overlaps);
        assertThat(Scope.parse(b).overlaps(Scope.parse(a))).isEqualTo(overlaps);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "123", "12345", "ab", "12,", ",12", "12,,13", "12 13", "--", "12,12", "13,1380", "١٢"})
    void refusesWhatIsNoScope(String text) {
        assertThatThrownBy(() -> Scope.parse(text)).isInstanceOf(MalformedException.class);
    }

    @Test
    void hasAPlace() {
        assertThatThrownBy(() -> new Scope(Set.of())).isInstanceOf(MalformedException.class);
    }
}
