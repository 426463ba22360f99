package se.samsyn.node.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.HostileMember;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;

/** 2k−n = 4 of 6. */
class EnoughColludersTest extends Collusion {
    @RegisterExtension
    final TestFederation federation = TestFederation.of(MEMBERS).hostile("ost", "vastra", "mitt", "fjall", "kust");

    @Test
    void attack37FourOfSixCanShowTwoHistoriesUntilTheNotesMeetAndThenNeitherCounts() throws IOException {
        RegionNode norra = federation.node("norra");
        RegionNode sodra = federation.node("sodra");
        List<HostileMember> colluding = Stream.of("ost", "mitt", "fjall", "kust")
                .map(federation::hostileMember)
                .toList();
        fork(federation.hostileMember("vastra"), colluding);

        sodra.stop();
        liar.show(norra, liar.log(), witnessed(norra, liar.log(), first));
        soon().untilAsserted(
                        () -> assertThat(counted(norra)).hasValue(liar.log().head(3)));
        norra.stop();
        sodra.start();
        liar.show(sodra, other, witnessed(sodra, other, second));
        soon().untilAsserted(() -> assertThat(counted(sodra)).hasValue(other.head(3)));

        norra.start();

        for (RegionNode node : List.of(norra, sodra)) {
            assertAllAreAccused(node, colluding);
            soon().untilAsserted(() -> assertThat(counted(node)).isEmpty());
        }
        soon().untilAsserted(() -> assertThat(norra.node().picture().basis(0).evidence())
                .isNotEmpty()
                .isEqualTo(sodra.node().picture().basis(0).evidence()));
        byte[] before = norra.view("costs").encode();
        norra.restart();
        soon().untilAsserted(() -> assertThat(norra.network().path("evidence"))
                .hasSize(liar.keys().logKeys().size() + colluding.size()));
        soon().untilAsserted(() -> assertThat(norra.view("costs").encode()).isEqualTo(before));
    }
}
