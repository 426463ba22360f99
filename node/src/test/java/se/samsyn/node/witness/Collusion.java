package se.samsyn.node.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import se.samsyn.node.HostileLog;
import se.samsyn.node.HostileMember;
import se.samsyn.node.RawClient;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.view.LogBasis;

/**
 * Seven members, so that five of six must cosign: one log with two histories, and witnesses that cosign both (SIGNING section 3). It has
 * no tests of its own.
 */
abstract class Collusion {
    static final String[] MEMBERS = {"norra", "sodra", "ost", "vastra", "mitt", "fjall", "kust"};

    HostileMember liar;
    HostileLog other;
    SignedNote first;
    SignedNote second;

    /** Two histories of the same size, each cosigned by all who collude. */
    void fork(HostileMember forking, List<HostileMember> colluding) {
        liar = forking.serve();
        // they answer what they are asked, so that honest nodes go on signing
        colluding.forEach(HostileMember::serve);
        liar.grow(3);
        other = liar.log().fork(1).append(liar.statement()).append(liar.statement());
        first = cosigned(liar.checkpoint(3), colluding);
        second = cosigned(liar.checkpoint(other, 3), colluding);
    }

    private static SignedNote cosigned(SignedNote note, List<HostileMember> colluding) {
        SignedNote all = note;
        for (HostileMember member : colluding) {
            all = member.cosign(all, TestFederation.START.getEpochSecond());
        }
        return all;
    }

    /** Brings a history to an honest witness, which has seen no other; the note with its cosignature. */
    SignedNote witnessed(RegionNode honest, HostileLog history, SignedNote note) throws IOException {
        liar.show(honest, history);
        int logLines = liar.keys().logKeys().size();
        SignedNote alone = SignedNote.of(note.text(), note.signatures().subList(0, logLines));
        HttpResponse<byte[]> answer = liar.offer(honest, 0, List.of(), alone);
        assertThat(answer.statusCode()).as(RawClient.text(answer)).isEqualTo(200);
        return note.with(SignatureLine.parse(RawClient.text(answer).stripTrailing()));
    }

    /** The head of the liar's log that a node's views count. */
    Optional<TreeHead> counted(RegionNode node) {
        return node.node().picture().basis(0).log(liar.name()).map(LogBasis::head);
    }

    void assertAllAreAccused(RegionNode node, List<HostileMember> colluding) {
        TreeSet<String> expected = new TreeSet<>();
        liar.keys().logVerifiers().forEach(key -> expected.add(key.ref()));
        colluding.forEach(
                member -> expected.add(member.keys().witness().verifierKey().ref()));
        soon().untilAsserted(() -> {
            TreeSet<String> accused = new TreeSet<>();
            for (JsonNode each : node.network().path("evidence")) {
                assertThat(each.path("origin").asText()).isEqualTo(liar.origin());
                assertThat(each.path("size").asLong()).isEqualTo(3);
                accused.add(each.path("key").asText());
            }
            assertThat(accused).as("accused at " + node.name()).isEqualTo(expected);
        });
    }
}
