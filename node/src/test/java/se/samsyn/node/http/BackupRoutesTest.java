package se.samsyn.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.START;
import static se.samsyn.node.TestFederation.soon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.Json;
import se.samsyn.node.RawClient;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.config.Role;

class BackupRoutesTest {
    private static final String PATH = "/api/v1/backups";

    @RegisterExtension
    final TestFederation federation = TestFederation.of("norra", "vastra").late("norra");

    @TempDir
    private Path folder;

    private RegionNode norra;

    @BeforeEach
    void startWithBackups() {
        norra = federation.node("norra").backUpTo(folder.resolve("backups")).start();
        federation.awaitAgreement();
    }

    @Test
    void makeABackupForAnOperatorAndTellOfIt() throws IOException {
        assertThat(norra.network().path("backups").has("newest")).isFalse();

        JsonNode answer = Json.parse(norra.backUp().body());

        Path made = folder.resolve("backups").resolve(answer.path("name").asText());
        assertThat(answer.path("directory").asText()).isEqualTo(made.toString());
        assertThat(made).isDirectory();
        assertThat(answer.path("time").asText()).isEqualTo(START.toString());
        assertThat(answer.path("bytes").asLong()).isPositive();
        assertThat(norra.network().path("backups").path("newest")).isEqualTo(answer);
        assertThat(RawClient.text(norra.user().get("/metrics", norra.token(Role.COORDINATOR))))
                .contains("samsyn_backup_age_seconds 0.0");
    }

    @Test
    void makeNoneForOthers() throws IOException {
        assertThat(norra.user().post(PATH, new byte[0]).statusCode()).isEqualTo(401);
        HttpResponse<byte[]> coordinator = norra.user().post(PATH, new byte[0], norra.token(Role.COORDINATOR));
        assertThat(coordinator.statusCode()).isEqualTo(403);
        assertThat(RawClient.text(coordinator)).contains("this needs operator");
        assertThat(folder.resolve("backups")).doesNotExist();
    }

    @Test
    void refuseWhereTheConfigurationNamesNoFolder() {
        RegionNode vastra = federation.node("vastra");

        assertProblem(vastra.backUp(), 422, "names no backupDirectory");
        assertThat(vastra.network().has("backups")).isFalse();
    }

    @Test
    void sayWhatKeepsABackupFromBeingMadeUntilOneIs() throws IOException {
        Path file = Files.writeString(folder.resolve("backups"), "not a folder");

        assertProblem(norra.backUp(), 500, "cannot write to backupDirectory");
        assertThat(norra.network().path("warnings").toString()).contains("no backup: cannot write");
        HttpResponse<byte[]> ready = norra.user().get("/health/ready");
        assertThat(RawClient.text(ready)).contains("no backup: cannot write");
        soon().untilAsserted(() -> assertThat(norra.network().path("signing").asText())
                .as("signing does not depend on it")
                .isEqualTo("signs"));

        Files.delete(file);
        assertThat(norra.backUp().statusCode()).isEqualTo(200);
        assertThat(norra.network().path("warnings")).isEmpty();
    }

    @Test
    void refuseANumberThatIsNone() throws IOException {
        for (String query : new String[] {"?job=x", "?job=-1", "?job=1&job=2"}) {
            assertProblem(norra.user().post(PATH + query, new byte[0], norra.token(Role.OPERATOR)), 400, "job");
        }
    }

    private static void assertProblem(HttpResponse<byte[]> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(RawClient.text(answer)).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Json.parse(answer.body()).path("detail").asText()).contains(detail);
    }
}
