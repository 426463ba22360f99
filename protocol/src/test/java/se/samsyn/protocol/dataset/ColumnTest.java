package se.samsyn.protocol.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;

/** Facts of rows that are codes, dates and numbers, and never what somebody typed. */
class ColumnTest {
    private final CodeList products = CodeList.parse(
            TestDefinitions.codeList("product", "alpha-cel", "a-b-c").getBytes(UTF_8));
    private final Column product = new Column("product", "product", ColumnType.CODES, Optional.of(products));

    @Test
    void tellsOfNamesOnlyThoseThatItsListHasHoweverTheyAreTyped() {
        assertThat(product.values(List.of("Álpha CEL", "Anna Svensson", "", "a-b-c", "alpha-cel")))
                .containsExactly("a-b-c", "alpha-cel");
    }

    @ParameterizedTest
    @CsvSource({
        "ICD_10_SE, C83, C83",
        "ICD_10_SE, C83.3, C83.3",
        "ICD_10_SE, C833, C83.3",
        "ICD_10_SE, C83.33A, C83.33A",
        "ATC, L01XL03, L01XL03",
        "ATC, L, L",
        "DATE, 2024-02, 2024-02",
        "NUMBER, 0, 0"
    })
    void tellsAValueInItsOneSpelling(ColumnType type, String text, String value) {
        Column column = new Column("x", "x", type, Optional.empty());

        assertThat(column.values(List.of(text))).containsExactly(value);
        column.check(List.of(value));
    }

    @ParameterizedTest
    @CsvSource({
        "ICD_10_SE, lymphoma",
        "ICD_10_SE, C8",
        "ICD_10_SE, c83",
        "ICD_10_SE, C83.",
        "ATC, L0",
        "ATC, anna",
        "DATE, 2024-02-30",
        "DATE, 24",
        "NUMBER, -1",
        "NUMBER, 007",
        "NUMBER, 9007199254740992"
    })
    void tellsNothingOfWhatIsNoValueAndRefusesItInARow(ColumnType type, String text) {
        Column column = new Column("x", "x", type, Optional.empty());

        assertThat(column.values(List.of(text))).isEmpty();
        assertThatThrownBy(() -> column.check(List.of(text)))
                .isInstanceOf(MalformedException.class)
                .hasMessage("x \"" + text + "\" is not written as " + type.word());
    }

    @Test
    void refusesValuesOutOfOrderTwiceOrTooMany() {
        assertThatThrownBy(() -> product.check(List.of("alpha-cel", "a-b-c"))).hasMessageContaining("ascending");
        assertThatThrownBy(() -> product.check(List.of("a-b-c", "a-b-c"))).hasMessageContaining("once each");
        assertThatThrownBy(() -> product.check(List.of("beta")))
                .hasMessage("product \"beta\" is not in code list product");
        Column conditions = new Column("c", "c", ColumnType.ICD_10_SE, Optional.empty());
        List<String> many = IntStream.range(100, 100 + Column.MAX_VALUES + 1)
                .mapToObj(i -> "C83." + i)
                .toList();
        assertThatThrownBy(() -> conditions.check(many)).hasMessage("c has at most 64 values, not 65");
        Column date = new Column("d", "d", ColumnType.DATE, Optional.empty());
        assertThatThrownBy(() -> date.check(Collections.nCopies(2, "2024")))
                .hasMessage("d has at most 1 values, not 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ids", "sites", "end", "node", "id"})
    void isNotCalledWhatARowSaysAnyway(String name) {
        assertThatThrownBy(() -> new Column(name, "x", ColumnType.ATC, Optional.empty()))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void hasACodeListIfItsTypeIsOneOfCodesAndOnlyThen() {
        assertThatThrownBy(() -> new Column("x", "x", ColumnType.CODES, Optional.empty()))
                .hasMessage("column x is of type codes and has a code list");
        assertThatThrownBy(() -> new Column("x", "x", ColumnType.ATC, Optional.of(products)))
                .hasMessage("column x is of type atc and has no code list");
    }

    @Test
    void comparesDiagnosesByTheirCategory() {
        assertThat(ColumnType.ICD_10_SE.subject("C83.3")).isEqualTo("C83");
        assertThat(ColumnType.ATC.subject("L01XL03")).isEqualTo("L01XL03");
    }
}
