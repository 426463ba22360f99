package se.samsyn.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.Json;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.config.Role;

/** A node whose log takes nothing in: what the user listener then says of imports and releases. */
class ReleaseFailureTest {
    private static final String TRIALS = "trial_id,registry,phase,start_date\n2019-000001-11,euctr,2,2019-02-03\n";
    private static final String SITES = "trial_id,region\n2019-000001-11,24\n";

    @RegisterExtension
    final TestFederation federation = TestFederation.of("norra", "vastra");

    @BeforeEach
    void stopTheLog() throws IOException {
        assertThat(post("/api/v1/records/trial?release=later", TRIALS).statusCode())
                .isEqualTo(200);
        federation.node("norra").node().sequencer().close();
    }

    @Test
    void saysThatAnImportIsKeptWhoseReleaseFailed() throws IOException {
        assertTryLater(
                post("/api/v1/records/site", SITES),
                "all rows (1) of the site file are imported and kept",
                "POST /api/v1/releases?records=site",
                "the node is stopping");

        JsonNode again =
                Json.parse(post("/api/v1/records/site?release=later", SITES).body());

        assertThat(again.path("imported").path("unchanged").asInt()).isEqualTo(1);
    }

    @Test
    void asksToTryAReleaseAgainLater() throws IOException {
        assertThat(post("/api/v1/records/site?release=later", SITES).statusCode())
                .isEqualTo(200);

        assertTryLater(post("/api/v1/releases?records=trial", ""), "the node is stopping");
        assertTryLater(post("/api/v1/releases/trials", ""), "the node is stopping");
    }

    private static void assertTryLater(HttpResponse<byte[]> answer, String... named) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValueAsLong("Retry-After")).isPresent();
        assertThat(Json.parse(answer.body()).path("detail").asText()).contains(named);
    }

    private HttpResponse<byte[]> post(String path, String body) throws IOException {
        RegionNode norra = federation.node("norra");
        return norra.user().post(path, body.getBytes(UTF_8), norra.token(Role.OPERATOR));
    }
}
