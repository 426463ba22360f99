package se.samsyn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.node.Json;

final class FigureTextTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "items     | {'exact':0}                    | 0",
                "items     | {'exact':999}                  | 999",
                "items     | {'exact':1234567}              | 1_234_567",
                "items     | {'from':3,'to':9}              | 3–9",
                "items     | {'from':1000,'to':20000}       | 1_000–20_000",
                "items     | {'from':4,'to':4}              | 4",
                "items     | {'atLeast':12}                 | ≥12",
                "items     | {'atLeast':0}                  | ≥0",
                "amountOre | {'exact':123400}               | 1_234",
                "amountOre | {'exact':123405}               | 1_234.05",
                "amountOre | {'exact':99}                   | 0.99",
                "amountOre | {'exact':-123450}              | -1_234.50",
                "amountOre | {'exact':-50}                  | -0.50",
                "amountOre | {'from':-100000000,'to':0}     | -1_000_000–0",
                "amountOre | {'atLeast':250}                | ≥2.50",
            })
    void showsWhatIsKnownAndNoMore(String measure, String figure, String text) {
        assertThat(figure(figure).text(measure)).isEqualTo(text.replace('_', '\u00a0'));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{'exact':2}        | {'exact':3}        | 5",
                "{'exact':2}        | {'from':0,'to':3}  | 2–5",
                "{'from':1,'to':2}  | {'from':0,'to':3}  | 1–5",
                "{'atLeast':2}      | {'exact':3}        | ≥5",
                "{'from':1,'to':2}  | {'atLeast':4}      | ≥5",
            })
    void addsWhatIsKnown(String one, String other, String sum) {
        assertThat(figure(one).plus(figure(other)).text("items")).isEqualTo(sum);
        assertThat(figure(other).plus(figure(one)).text("items")).isEqualTo(sum);
    }

    @ParameterizedTest
    @CsvSource({"items,''", "participants,''", "amountOre,' (kronor)'", "creditOre,' (kronor)'"})
    void namesTheUnitOfMoney(String measure, String unit) {
        assertThat(FigureText.unit(measure)).isEqualTo(unit);
    }

    private static FigureText figure(String json) {
        return FigureText.of(Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
