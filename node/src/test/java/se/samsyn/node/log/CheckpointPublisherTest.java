package se.samsyn.node.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.RegionNode;
import se.samsyn.node.SettableClock;
import se.samsyn.node.TestFederation;
import se.samsyn.node.peer.Refusals;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.Accusations;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/** The collecting of cosignatures, with witnesses whose answers the test makes. */
class CheckpointPublisherTest {
    @RegisterExtension
    static final TestFederation FEDERATION =
            TestFederation.of("norra", "vastra", "sodra", "sydostra").late("norra", "vastra", "sodra", "sydostra");

    private final SettableClock clock = new SettableClock(TestFederation.START);
    private final List<CosignedCheckpoint> published = new CopyOnWriteArrayList<>();
    private final Refusals refusals = new Refusals(clock);

    private Store store;
    private CheckpointPublisher publisher;

    @BeforeEach
    void open(@TempDir Path folder) {
        String node = log().name();
        store = Store.create(
                folder.resolve("store"),
                new StoreIdentity(node, FEDERATION.root().hash()));
        StoredLog log = new StoredLog(store, node);
        Growth entries = log.grow(Stream.concat(
                        Stream.of(log().rootAccepted()),
                        Stream.generate(log()::statement).limit(8))
                .map(LogEntry::entry)
                .toList());
        store.write(FailPoint.WRITE_ENTRIES, batch -> log.put(batch, entries));
        publisher = new CheckpointPublisher(
                store,
                new AcceptedRoots(log, FEDERATION.chain()),
                FEDERATION.root(),
                clock,
                System::nanoTime,
                refusals,
                () -> Accusations.NONE,
                published::add);
    }

    @AfterEach
    void close() {
        publisher.close();
        store.close();
    }

    @Test
    void publishesOnceAQuorumHasCosigned() throws InterruptedException {
        SignedNote note = signed(1);
        publisher.publish(note);

        cosign("vastra", note);
        cosign("sodra", note);
        assertThat(published).isEmpty();
        cosign("sydostra", note);
        assertThat(published)
                .singleElement()
                .satisfies(checkpoint -> assertThat(checkpoint.votes()).isEqualTo(3));
    }

    @Test
    void bringsAllWitnessesTheSameCheckpointHoweverFastTheLogGrows() throws InterruptedException {
        SignedNote first = signed(1);
        publisher.publish(first);
        for (String witness : List.of("vastra", "sodra", "sydostra")) {
            // before each answer there is a newer head: it waits
            publisher.publish(signed(2 + published.size()));
            publisher.publish(signed(9));
            SignedNote work = publisher.awaitWork(FEDERATION.node(witness).name());
            assertThat(work).as(witness).isEqualTo(first);
            cosign(witness, work);
        }

        assertThat(published).extracting(checkpoint -> checkpoint.note().text()).containsExactly(first.text());
        assertThat(publisher.awaitWork(FEDERATION.node("vastra").name()))
                .as("the newest is next, those between are passed over")
                .isEqualTo(signed(9));
    }

    @Test
    void countsNoCosignatureThatIsDatedAhead() throws InterruptedException {
        SignedNote note = signed(1);
        publisher.publish(note);
        long tooLate = clock.seconds() + CosignedCheckpoint.MAX_AHEAD_SECONDS + 1;

        assertThatThrownBy(() -> cosign("vastra", note, tooLate))
                .isInstanceOf(RefutedException.class)
                .hasMessage(
                        "the cosignature is dated 301 s ahead of this node's clock; one of the two clocks is wrong");
        assertThat(publisher.awaitWork(FEDERATION.node("vastra").name()))
                .as("it is asked again")
                .isEqualTo(note);
        cosign("vastra", note);
        cosign("sodra", note);
        cosign("sydostra", note);
        assertThat(published).hasSize(1);
        assertThat(publisher.isFullyCosigned()).isFalse();
    }

    @Test
    void asksAWitnessThatWasAwayAgainAsSoonAsItSpeaks() throws InterruptedException {
        String witness = FEDERATION.node("vastra").name();
        publisher.publish(signed(1));
        publisher.heardOf(witness);
        publisher.troubled(witness, "does not answer");
        assertThat(publisher.pause(witness, signed(1), 1, TimeUnit.MILLISECONDS))
                .as("one that was not away has not come back")
                .isFalse();

        publisher.heardOf(witness);
        assertThat(publisher.pause(witness, signed(1), 1, TimeUnit.MILLISECONDS))
                .as("one that speaks and fails is not asked at its every word")
                .isFalse();
        clock.advance(CheckpointPublisher.REST);
        publisher.heardOf(witness);

        assertThat(publisher.pause(witness, signed(1), 1, TimeUnit.DAYS)).isTrue();
        assertThat(publisher.pause(witness, signed(1), 1, TimeUnit.MILLISECONDS))
                .isFalse();
    }

    private void cosign(String witness, SignedNote note) {
        cosign(witness, note, clock.seconds());
    }

    private void cosign(String witness, SignedNote note, long timeSeconds) {
        RegionNode member = FEDERATION.node(witness);
        SignatureLine line = member.keys().witness().cosignNote(timeSeconds, note.text());
        publisher.cosigned(member.name(), note, List.of(line));
    }

    private static SignedNote signed(long size) {
        String node = log().name();
        TreeHead head = new TreeHead(size, Hash.sha256(("root at " + size).getBytes(UTF_8)));
        String text = new Checkpoint(node + "/log", head).encode();
        return SignedNote.of(
                text,
                log().keys().logKeys().stream().map(key -> key.signNote(text)).toList());
    }

    private static RegionNode log() {
        return FEDERATION.node("norra");
    }
}
