package se.samsyn.protocol.summary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.protocol.summary.SmallDefinitions.NODE;
import static se.samsyn.protocol.summary.SmallDefinitions.SALT;
import static se.samsyn.protocol.summary.SmallDefinitions.cell;
import static se.samsyn.protocol.summary.SmallDefinitions.costs;
import static se.samsyn.protocol.summary.SmallDefinitions.pool;
import static se.samsyn.protocol.summary.SmallDefinitions.published;
import static se.samsyn.protocol.summary.SmallDefinitions.row;
import static se.samsyn.protocol.summary.SmallDefinitions.summary;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.json.CanonicalJson;

class SummaryTest {
    private static final String SALT_HEX = SALT.toHex();
    private static final String TABLES = "{\"dataset\":\"care\",\"k\":5,\"node\":\"" + NODE
            + "\",\"period\":\"2024-Q3\",\"salt\":\"" + SALT_HEX
            + "\",\"tables\":{\"colour\":{\"cells\":[{\"at\":[\"red\"],\"values\":[7,30,1200]},"
            + "{\"at\":[\"blue\"],\"values\":[5,5,0]}],"
            + "\"pooled\":{\"at\":[[\"green\"],[\"white\"]],\"values\":[9,12,70]}}}}";
    private static final String REGISTER = "{\"dataset\":\"studies\",\"node\":\"" + NODE
            + "\",\"period\":\"2010\",\"register\":["
            + "{\"ids\":[\"2010-018000-11\",\"NCT01000001\"],\"phase\":\"II\",\"places\":[\"-\"],"
            + "\"status\":\"completed\"},"
            + "{\"ids\":[\"NCT01000001\"],\"phase\":\"I\",\"places\":[\"01\",\"1380\"],\"start\":\"2010-08-31\","
            + "\"status\":\"unknown\"}],\"salt\":\"" + SALT_HEX + "\"}";

    private static Summary parse(String body) {
        return Summary.parse(body.getBytes(UTF_8), body.contains("register") ? SmallDefinitions.register() : costs());
    }

    @Test
    void writesTheBodyOfTables() {
        Summary summary = summary(published(pool(List.of(1, 3), 9, 12, 70), cell(0, 7, 30, 1200), cell(2, 5, 5, 0)));

        assertThat(new String(summary.encode(), UTF_8)).isEqualTo(TABLES);
        assertThat(parse(TABLES)).isEqualTo(summary);
    }

    @Test
    void writesTheBodyOfARegister() {
        Summary read = parse(REGISTER);

        Register register = (Register) read.content();
        assertThat(register.rows().get(0)).isEqualTo(row("", "II", "-", "2010-018000-11", "NCT01000001"));
        assertThat(register.rows().get(1).places()).containsExactly("01", "1380");
        assertThat(new String(read.encode(), UTF_8)).isEqualTo(REGISTER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SALT,               | ~~              | required property 'salt'
            SALT                | "salt":""       | /salt
            SALT                | "salt":"00"     | /salt
            SALT                | "salt":null     | null
            SALT                | SALT,SALT       | salt
            """)
    void attack40ABodyWithoutASaltOfItsOwnIsRefused(String written, String instead, String reason) {
        String salt = "\"salt\":\"" + SALT_HEX + "\"";
        String body = TABLES.replace(written.replace("SALT", salt), instead.replace("SALT", salt));

        assertThat(body).isNotEqualTo(TABLES);
        assertThatThrownBy(() -> parse(body))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void writesAWithheldTable() {
        Summary summary = summary(new WithheldTable(costs().tables().get(0)));

        assertThat(new String(summary.encode(), UTF_8)).contains("\"tables\":{\"colour\":{\"withheld\":true}}");
        assertThat(Summary.parse(summary.encode(), costs())).isEqualTo(summary);
    }

    @Test
    void tellsZeroFromWithheld() {
        Summary zero = summary(published(Optional.empty()));

        assertThat(Summary.parse(zero.encode(), costs())).isEqualTo(zero);
        assertThat(zero.content().isZero()).isTrue();
        assertThat(summary("2010").content().isZero()).isTrue();
        assertThat(summary(new WithheldTable(costs().tables().get(0))).content().isZero())
                .isFalse();
        assertThat(parse(TABLES).content().isZero()).isFalse();
    }

    @Test
    void tellsOfEachCellWhatTheSummarySays() {
        Published table =
                (Published) ((Tables) parse(TABLES).content()).tables().get(0);

        assertThat(table.at(0)).isEqualTo(new CellValue.Exact(Values.of(7, 30, 1200)));
        assertThat(table.at(1)).isEqualTo(new CellValue.Pooled(table.pool().orElseThrow()));
        assertThat(table.at(2)).isEqualTo(new CellValue.Exact(Values.of(5, 5, 0)));
        assertThat(table.at(4)).isEqualTo(new CellValue.Exact(Values.zero(3)));
        assertThat(table.total()).contains(Values.of(21, 47, 1270));
        assertThat(new WithheldTable(table.table()).at(0)).isEqualTo(new CellValue.Withheld());
        assertThatThrownBy(() -> table.at(5)).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "dataset":"care"           | "dataset":"cure"            | the body is of dataset cure
            "k":5                      | "k":4                       | /k
            "k":5,                     | ~~                          | the body names no k
            "node":"skane              | "node":"Skane               | /node
            "period":"2024-Q3"         | "period":"2024-09"          | has no period 2024-09
            "period":"2024-Q3"         | "period":"2023-Q4"          | has no period 2023-Q4
            "period":"2024-Q3"         | "period":"unknown"          | has no period unknown
            "salt":"00                 | "salt":"0                   | /salt
            "colour":                  | "color":                    | expected [colour]
            "at":["red"]               | "at":["pink"]               | has no code "pink"
            "at":["red"]               | "at":["red","red"]          | has 1 codes, not 2
            "at":["red"]               | "at":["blue"]               | in the order of their positions
            "at":["red"]               | "at":["unknown"]            | in the order of their positions
            "at":["red"]               | "at":["green"]              | published and pooled as well
            "values":[7,30,1200]       | "values":[7,30]             | has 2 values, expected 3
            "values":[7,30,1200]       | "values":[0,0,0]            | is zero
            "values":[7,30,1200]       | "values":[7,30,-1]          | values/2
            "values":[9,12,70]         | "values":[0,0,0]            | is zero
            [["green"],["white"]]      | [["green"]]                 | pooled/at
            [["green"],["white"]]      | [["white"],["green"]]       | in the order of their positions
            [["green"],["white"]]      | [["green"],["green"]]       | listed once each
            "cells":                   | "cell":                     | cells
            "pooled":{                 | "pooled":{"also":1,         | /tables/colour/pooled
            {"cells":                  | {"withheld":true,"cells":   | /tables/colour
            """)
    void refusesABodyThatNoSummaryWrites(String written, String instead, String reason) {
        String body = TABLES.replace(written, instead);

        assertThat(body).isNotEqualTo(TABLES);
        assertThatThrownBy(() -> parse(canonical(body)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "start":"2010-08-31"       | "start":"2011-08-31"        | belongs to the period 2011
            "start":"2010-08-31"       | "start":"2010-02-30"        | no day of the calendar
            "start":"2010-08-31"       | "start":"31/08/2010"        | /register/1/start
            ,"start":"2010-08-31"      | ~~                          | belongs to the period unknown
            "phase":"I",               | "phase":"IX",               | phase "IX" is not in code list phase
            "phase":"I",               | ~~                          | expected [ids, phase, places
            "phase":"I",               | "phase":"I","rank":"1",     | expected [ids, phase, places
            ["01","1380"]              | ["1380","01"]               | places are listed once each
            ["01","1380"]              | ["01","01"]                 | places are listed once each
            ["01","1380"]              | []                          | places
            ["01","1380"]              | ["99"]                      | region "99"
            ["2010-018000-11","NCT01000001"] | ["NCT01000001","2010-018000-11"] | ids are listed once each
            ["2010-018000-11","NCT01000001"] | ["NCT01000000"]       | belongs to the period unknown
            ["2010-018000-11","NCT01000001"] | ["Dnr2010"]           | /register/0/ids/0
            ["2010-018000-11","NCT01000001"] | ["2010-01800"]        | is no registry number
            "dataset":"studies"        | "dataset":"studies","k":5   | /k
            """)
    void refusesARegisterThatNoSummaryWrites(String written, String instead, String reason) {
        String body = REGISTER.replace(written, instead);

        assertThat(body).isNotEqualTo(REGISTER);
        assertThatThrownBy(() -> parse(canonical(body)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesRowsOutOfOrderAndTwice() {
        RegisterRow first = row("2010", "I", "01", "NCT01000001");
        RegisterRow later = row("2010-02", "I", "01", "NCT01000001");

        assertThat(summary("2010", first, later)).isNotNull();
        assertThatThrownBy(() -> summary("2010", later, first)).hasMessageContaining("row 1 is out of place");
        assertThatThrownBy(() -> summary("2010", first, first)).hasMessageContaining("row 1 is out of place");
    }

    @Test
    void ordersRowsByNumbersThenStartThenAttributesThenPlaces() {
        List<RegisterRow> ordered = List.of(
                row("2010", "II", "12", "NCT01000001"),
                row("", "I", "01", "NCT01000001", "NCT01000002"),
                row("2010", "I", "01", "NCT01000001", "NCT01000002"),
                row("2010", "I", "12", "NCT01000001", "NCT01000002"),
                row("2010", "II", "01", "NCT01000001", "NCT01000002"),
                row("2010", "I", "01", "NCT01000003"));

        assertThat(ordered).isSortedAccordingTo(RegisterRow::compareTo);
        assertThat(ordered.get(0)).isNotEqualByComparingTo(ordered.get(1));
    }

    @Test
    void readsABodyOnlyWithADefinitionOfItsKind() {
        DatasetDefinition tablesCalledStudies = renamed(costs(), "studies");

        assertThatThrownBy(() -> Summary.parse(
                        REGISTER.replace("2010\",\"reg", "2024-Q1\",\"reg").getBytes(UTF_8), tablesCalledStudies))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("has tables, unlike the body");
    }

    @Test
    void refusesSumsBeyondSignedJson() {
        assertThatThrownBy(() -> published(Optional.empty(), cell(0, 7, 7, Values.MAX_VALUE), cell(1, 7, 7, 1)))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Values.of(Values.MAX_VALUE + 1)).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void refusesABodyThatIsNotCanonical(String extra) {
        String body = extra.isEmpty()
                ? TABLES.replace("\"k\":5,", "").replace("{\"dataset\"", "{\"k\":5,\"dataset\"")
                : TABLES + extra;

        assertThatThrownBy(() -> parse(body))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("canonical");
    }

    @Test
    void refusesOrReadsEveryDamagedBodyAndNeverFailsOtherwise() {
        long seed = 20_261;
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int i = 0; i < 4_000; i++) {
            byte[] body = (i % 2 == 0 ? TABLES : REGISTER).getBytes(UTF_8);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                body[random.nextInt(body.length)] = (byte) (' ' + random.nextInt(95));
            }
            try {
                byte[] again = Summary.parse(body, i % 2 == 0 ? costs() : SmallDefinitions.register())
                        .encode();
                assertThat(again).as("seed %d, body %d", seed, i).isEqualTo(body);
            } catch (MalformedException | RefutedException e) {
                assertThat(e).as("seed %d, body %d", seed, i).hasMessageMatching("(?s).{10,}");
                refused++;
            }
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(2_000);
    }

    private static String canonical(String body) {
        return new String(CanonicalJson.encode(CanonicalJson.parse(body.getBytes(UTF_8))), UTF_8);
    }

    private static DatasetDefinition renamed(DatasetDefinition definition, String name) {
        return new DatasetDefinition(
                name,
                definition.version(),
                definition.record(),
                definition.title(),
                definition.period(),
                definition.dimensions(),
                definition.measures(),
                definition.tables(),
                definition.register(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
