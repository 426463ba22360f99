package se.samsyn.node.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.HostileMember;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.protocol.note.SignedNote;

/** 2k−n−1 = 3 of 6. */
class TooFewColludersTest extends Collusion {
    @RegisterExtension
    final TestFederation federation = TestFederation.of(MEMBERS).hostile("vastra", "mitt", "fjall", "kust");

    @Test
    void attack37ThreeOfSixWhoColludeMakeNoSecondQuorumAndAreProvenGuilty() throws IOException {
        RegionNode norra = federation.node("norra");
        RegionNode sodra = federation.node("sodra");
        RegionNode ost = federation.node("ost");
        List<HostileMember> colluding = Stream.of("mitt", "fjall", "kust")
                .map(federation::hostileMember)
                .toList();
        fork(federation.hostileMember("vastra"), colluding);
        SignedNote byThree = witnessed(ost, other, second);
        SignedNote byFour = witnessed(sodra, liar.log(), witnessed(norra, liar.log(), first));

        liar.show(norra, liar.log(), byFour).show(sodra, liar.log(), byFour).show(ost, other, byThree);

        for (RegionNode node : federation.nodes()) {
            assertAllAreAccused(node, colluding);
            assertThat(counted(node)).as("what counts at " + node.name()).isNotEqualTo(Optional.of(other.head(3)));
        }
    }
}
