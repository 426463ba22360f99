package se.samsyn.node;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static se.samsyn.node.TestFederation.soon;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StopTest {
    private static final Duration LESS_THAN_A_REQUESTS_TIMEOUT = Duration.ofSeconds(25);

    @RegisterExtension
    final TestFederation federation = TestFederation.of("norra", "vastra", "sodra")
            .hostile("vastra", "sodra")
            .late("norra");

    @Test
    void doesNotWaitForPeersThatTakeRequestsAndNeverAnswer() {
        federation.hostileMember("vastra").serve().fallSilent();
        HostileMember sodra = federation.hostileMember("sodra").serve();
        sodra.fallSilent();
        RegionNode norra = federation.node("norra").start();
        // the gate and the mirror of sodra
        soon().until(() -> sodra.asked() > 1);

        assertTimeoutPreemptively(LESS_THAN_A_REQUESTS_TIMEOUT, norra::stop);
    }
}
