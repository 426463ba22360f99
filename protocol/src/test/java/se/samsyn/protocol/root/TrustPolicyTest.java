package se.samsyn.protocol.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.VerifierKey;

class TrustPolicyTest {
    private static final String SKANE = TestNetwork.SKANE;
    private static final String HALLAND = TestNetwork.HALLAND;

    private final FederationRoot root = TestNetwork.root(2);

    @Test
    void forAllLogsListsAllWitnesses() {
        assertThat(TrustPolicy.forAllLogs(root))
                .isEqualTo("# version 1 of the federation root of swetrial.example, SHA-256 " + root.hash() + "\n"
                        + "log " + log(SKANE) + "\n"
                        + "log " + log(HALLAND) + "\n"
                        + "witness skane.swetrial.example/witness " + witness(SKANE) + "\n"
                        + "witness halland.swetrial.example/witness " + witness(HALLAND) + "\n"
                        + "group members 1 skane.swetrial.example/witness halland.swetrial.example/witness\n"
                        + "quorum members\n");
    }

    @Test
    void forOneLogLeavesItsOwnWitnessOut() {
        assertThat(TrustPolicy.forLog(root, SKANE))
                .isEqualTo("# version 1 of the federation root of swetrial.example, SHA-256 " + root.hash() + "\n"
                        + "log " + log(SKANE) + "\n"
                        + "witness halland.swetrial.example/witness " + witness(HALLAND) + "\n"
                        + "group members 1 halland.swetrial.example/witness\n"
                        + "quorum members\n");
        assertThatThrownBy(() -> TrustPolicy.forLog(root, TestNetwork.OBSERVER)).isInstanceOf(RefutedException.class);
    }

    @Test
    void aMemberWithTwoKeysKeepsOneVote() {
        VerifierKey second = TestKeys.key(HALLAND + "/witness", KeyType.COSIGNATURE, "second")
                .verifierKey();
        FederationRoot rotating = FederationRoot.parse(root.text() + "witness " + second.encode() + "\n");
        VerifierKey first = TestNetwork.witness(HALLAND).verifierKey();

        assertThat(TrustPolicy.forLog(rotating, SKANE))
                .endsWith("witness " + first.ref() + " " + first.encode() + "\n"
                        + "witness " + second.ref() + " " + second.encode() + "\n"
                        + "group halland.swetrial.example/witness any " + first.ref() + " " + second.ref() + "\n"
                        + "group members 1 halland.swetrial.example/witness\n"
                        + "quorum members\n");
    }

    @Test
    void leavesOutKeysThatFewToolsKnow() {
        VerifierKey mlDsa =
                TestKeys.key(HALLAND + "/log", KeyType.ML_DSA_44, "").verifierKey();
        FederationRoot both = FederationRoot.parse(root.text() + "logkey " + mlDsa.encode() + "\n");

        assertThat(both.requireMember(HALLAND).logKeys()).contains(mlDsa);
        assertThat(TrustPolicy.forAllLogs(both))
                .contains("log " + log(HALLAND) + "\n")
                .doesNotContain(mlDsa.encode());
    }

    private static String log(String node) {
        return TestNetwork.logKey(node).verifierKey().encode();
    }

    private static String witness(String node) {
        return TestNetwork.witness(node).verifierKey().encode();
    }
}
