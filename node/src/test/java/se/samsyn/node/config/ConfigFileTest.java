package se.samsyn.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.node.record.RecordKind;
import se.samsyn.protocol.dataset.Period;

class ConfigFileTest {
    private static final String GOOD = """
            {"node": "norra.example", "dataDirectory": "data", "keyFile": "keys.p12", "passwordFile": "../password",
             "peer": {"host": "0.0.0.0", "port": 8443}, "user": {"host": "127.0.0.1", "port": 8080},
             "tokens": [{"name": "anna", "role": "operator", "sha256": "%s"}],
             "automaticRelease": ["costs"], "heldPeriods": {"costs": ["2026-Q1"]}, "minimumPersons": {"costs": 10}}
            """.formatted("a".repeat(64));

    @TempDir
    private Path folder;

    @Test
    void readsWhatIsThereAndFillsInTheRest() throws IOException {
        NodeConfig config = read(GOOD);

        assertThat(config.node()).isEqualTo("norra.example");
        assertThat(config.dataDirectory()).isEqualTo(folder.resolve("data"));
        assertThat(config.passwordFile()).isEqualTo(folder.getParent().resolve("password"));
        assertThat(config.peer()).isEqualTo(new Address("0.0.0.0", 8443));
        assertThat(config.heldPeriods()).containsEntry("costs", Set.of(Period.parse("2026-Q1")));
        assertThat(config.minimumPersons()).containsEntry("costs", 10);
        assertThat(config.pollMillis()).isEqualTo(NodeConfig.DEFAULT_POLL_MILLIS);
        assertThat(config.backups()).isEmpty();
        assertThat(config.networkDirectory()).isEmpty();
    }

    @Test
    void listsAllItsMistakesAtOnce() {
        assertThatThrownBy(() -> read("""
                        {"node": "Norra!", "dataDirectory": 3, "keyFile": "", "peers": [],
                         "peer": {"host": "h", "port": 65536, "prot": 1}, "user": {"host": "0.0.0.0", "port": -1},
                         "tokens": [{"name": "", "role": "boss", "sha256": "AB"}], "automaticRelease": "costs",
                         "heldPeriods": {"costs": ["2026-Q5"]}, "minimumPersons": {"costs": 0}, "pollMillis": 5}
                        """))
                .isInstanceOf(ConfigException.class)
                .message()
                .contains("16 mistakes")
                .contains(
                        "peers: unknown key; known are",
                        "node: \"Norra!\"",
                        "dataDirectory: must be a text, is 3",
                        "keyFile: must be a text",
                        "passwordFile: must be a text, is missing",
                        "peer.prot: unknown key",
                        "peer.port: must be a number from 0 to 65535, is 65536",
                        "user.port: must be",
                        "user.host: 0.0.0.0 is not a loopback address",
                        "tokens[0].role: must be one of operator, coordinator, is \"boss\"",
                        "tokens[0].sha256",
                        "tokens[0].name",
                        "automaticRelease: must be a list",
                        "heldPeriods.costs",
                        "minimumPersons.costs: must be a number from 1",
                        "pollMillis: must be a number from 100");
    }

    @Test
    void readsWhereBackupsAreMadeAndWhen() throws IOException {
        assertThat(read(withBackups("'backupDirectory': '../b', 'backupHours': 6, 'backupsKept': 9"))
                        .backups())
                .hasValue(new BackupPlan(folder.resolveSibling("b"), OptionalInt.of(6), 9));
        assertThat(read(withBackups("'backupDirectory': 'b'")).backups())
                .hasValue(new BackupPlan(folder.resolve("b"), OptionalInt.empty(), BackupPlan.DEFAULT_KEPT));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
                    'backupHours': 6 | backupHours: says nothing without backupDirectory
                    'backupsKept': 6 | backupsKept: says nothing without backupDirectory
                    'backupDirectory': 'data' | is in dataDirectory
                    'backupDirectory': 'x/../data/backups' | is in dataDirectory
                    'backupDirectory': 'b', 'backupHours': 0 | backupHours: must be a number from 1 to 720, is 0
                    'backupDirectory': 'b', 'backupsKept': 101 | backupsKept: must be a number from 1 to 100, is 101
                    'backupDirectory': 7 | backupDirectory: must be a text, is 7
                    """)
    void refusesBackupsThatCannotBeOrWouldBeLostWithTheStore(String keys, String mistake) {
        assertThatThrownBy(() -> read(withBackups(keys)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(mistake);
    }

    @Test
    void readsWhatIsDoneWithRecordsWithoutBeingAsked() throws IOException {
        RecordPlan plan = read(withBackups(
                        "'importDirectory': 'inbox', 'importMinutes': 5," + " 'retentionMonths': {'cost-item': 120}"))
                .records();

        assertThat(plan)
                .isEqualTo(new RecordPlan(Optional.of(folder.resolve("inbox")), 5, Map.of(RecordKind.COST_ITEM, 120)));
        assertThat(read(GOOD).records()).isEqualTo(RecordPlan.NONE);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
                    'importMinutes': 5 | importMinutes: says nothing without importDirectory
                    'importDirectory': 'i', 'importMinutes': 0 | importMinutes: must be a number from 1 to 1440, is 0
                    'retentionMonths': 3 | retentionMonths: must be an object of kind: months, is 3
                    'retentionMonths': {'invoice': 3} | retentionMonths.invoice: "invoice" is no kind of record
                    'retentionMonths': {'site': 3} | retentionMonths.site: a site has no date by which it grows old
                    'retentionMonths': {'grant': 0} | retentionMonths.grant: must be a number from 1 to 1200, is 0
                    """)
    void refusesPlansForRecordsThatCannotBeCarriedOut(String keys, String mistake) {
        assertThatThrownBy(() -> read(withBackups(keys)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(mistake);
    }

    private static String withBackups(String keys) {
        return GOOD.replace("\"automaticRelease\"", keys.replace('\'', '"') + ", \"automaticRelease\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "3", "{\"node\": }", "{\"node\": \"a\", \"node\": \"b\"}", "{} {}"})
    void refusesWhatIsNotOneJsonObject(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(folder.resolve("node.json").toString())
                .hasMessageContaining("JSON");
    }

    @Test
    void refusesAMissingFileAndSaysWhatMakesOne() {
        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("none.json")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("samsyn init");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::"})
    void keepsTokensOffTheNetwork(String host) {
        assertThatThrownBy(() -> read(GOOD.replace("127.0.0.1", host)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("not a loopback address");
    }

    @Test
    void refusesAnUnknownKeyInAToken() {
        assertThatThrownBy(() -> read(GOOD.replace("\"name\"", "\"secret\": \"x\", \"name\"")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tokens[0].secret: unknown key");
    }

    @Test
    void refusesReleaseRulesThatAreNoTexts() {
        assertThatThrownBy(() -> read(GOOD.replace("[\"costs\"]", "[3]")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("automaticRelease");
    }

    private NodeConfig read(String text) throws IOException {
        Path file = folder.resolve("node.json");
        Files.writeString(file, text);
        return ConfigFile.read(file);
    }
}
