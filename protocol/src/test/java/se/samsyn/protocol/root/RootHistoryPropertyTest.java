package se.samsyn.protocol.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.Quorum;

/** Random histories of a network: members come and go, keys rotate, scopes, datasets and thresholds change. */
class RootHistoryPropertyTest {
    private static final int VERSIONS = 12;
    private static final List<KeyType> LOG_TYPES = List.of(KeyType.ED25519, KeyType.ML_DSA_44);

    private final Map<String, SigningKey> rootKeys = new TreeMap<>();
    private int counter;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyProposalThatEnoughSignContinuesTheChain(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FederationRoot first = TestNetwork.root(5);
        for (int i = 0; i < 7; i++) {
            SigningKey key = TestNetwork.rootKey(TestNetwork.member(i).member().node());
            rootKeys.put(key.verifierKey().ref(), key);
        }
        RootChain chain = RootChain.begin(signed(first, first), first.hash());
        for (int i = 0; i < VERSIONS; i++) {
            FederationRoot newest = chain.newest();
            FederationRoot next = change(newest, random);
            String what = "seed " + seed + ", version " + next.version();

            assertThat(FederationRoot.parse(next.text()).text()).as(what).isEqualTo(next.text());
            assertThat(RootText.of(next).build().text())
                    .as("%s is written in one way", what)
                    .isEqualTo(next.text());
            assertThat(next.ends()).as(what).containsAll(newest.ends());
            assertThat(next.quorum())
                    .as(what)
                    .isGreaterThanOrEqualTo(Quorum.thresholdFor(next.members().size() - 1));
            assertThat(RootDiff.between(newest, next).changes()).as(what).isNotEmpty();
            assertRefusesOneSignatureLess(chain, newest, next, random);

            chain = chain.accept(signed(newest, next));
            assertThat(chain.newest()).as(what).isEqualTo(next);
        }
        List<SignedNote> notes =
                chain.versions().stream().map(VerifiedRoot::note).toList();
        assertThat(RootChain.verify(notes, first.hash()).newest()).isEqualTo(chain.newest());
        assertOneCannotBeLeftOut(notes, first.hash(), 1 + random.nextInt(VERSIONS - 1));
    }

    private void assertRefusesOneSignatureLess(
            RootChain chain, FederationRoot newest, FederationRoot next, SplittableRandom random) {
        FederationRoot which = random.nextBoolean() ? newest : next;
        List<VerifierKey> keys = which.rootKeys();
        List<VerifierKey> left = keys.subList(0, which.threshold() - 1);
        List<SignatureLine> lines = signed(newest, next).signatures().stream()
                .filter(line -> keys.stream().noneMatch(key -> key.ref().equals(line.ref()))
                        || left.stream().anyMatch(key -> key.ref().equals(line.ref())))
                .toList();
        if (!lines.isEmpty()) { // a note has a line at least
            assertThatThrownBy(() -> chain.accept(SignedNote.of(next.text(), lines)))
                    .isInstanceOf(RefutedException.class)
                    .hasMessageContaining("of the root keys of version " + which.version());
        }
    }

    private static void assertOneCannotBeLeftOut(List<SignedNote> notes, Hash told, int left) {
        List<SignedNote> fewer = new ArrayList<>(notes);
        fewer.remove(left);

        assertThatThrownBy(() -> RootChain.verify(fewer, told)).isInstanceOf(RefutedException.class);
    }

    private FederationRoot change(FederationRoot newest, SplittableRandom random) {
        RootProposal proposal = new RootProposal(newest);
        Member member = newest.members().get(random.nextInt(newest.members().size()));
        counter++;
        switch (random.nextInt(8)) {
            case 0 ->
                absent(newest).ifPresentOrElse(proposal::addMember, () -> proposal.addLine("x-full-house " + counter));
            case 1 -> {
                if (newest.members().size() > 3 && newest.rootKeys().size() - 1 > newest.threshold()) {
                    proposal.removeMember(member.node(), head(counter));
                } else {
                    proposal.addLine("x-too-few " + counter);
                }
            }
            case 2 -> rotate(proposal, "witness", member.witnesses(), KeyType.COSIGNATURE);
            case 3 -> rotate(proposal, "publisher", member.publishers(), KeyType.ED25519);
            case 4 -> {
                KeyType type = LOG_TYPES.get(random.nextInt(LOG_TYPES.size()));
                List<VerifierKey> keys = member.logKeys().stream()
                        .filter(key -> key.type() == type)
                        .toList();
                if (keys.isEmpty()) {
                    proposal.addLine("logkey " + fresh(member.origin(), type));
                } else {
                    rotate(proposal, "logkey", keys, type);
                }
            }
            case 5 -> {
                VerifierKey old =
                        newest.rootKeys().get(random.nextInt(newest.rootKeys().size()));
                SigningKey key = TestKeys.key(old.name(), KeyType.ED25519, "root " + counter);
                rootKeys.put(key.verifierKey().ref(), key);
                proposal.removeLine("root " + old.ref())
                        .addLine("root " + key.verifierKey().encode());
            }
            case 6 ->
                proposal.addLine("dataset d" + counter + " " + head(counter).root())
                        .addLine("end " + member.witnesses().get(0).ref() + " " + another(newest, member) + " size "
                                + counter + " root " + head(counter).root().toHex());
            default ->
                proposal.threshold(1 + random.nextInt(newest.rootKeys().size()))
                        .valid(Instant.ofEpochSecond(counter), Instant.ofEpochSecond(counter + 1_000_000L));
        }
        return proposal.build();
    }

    private static String another(FederationRoot root, Member than) {
        return root.members().stream()
                .filter(member -> !member.equals(than))
                .findFirst()
                .orElseThrow()
                .origin();
    }

    /** Adds a key where there is one, and takes the older away where there are two. */
    private void rotate(RootProposal proposal, String word, List<VerifierKey> keys, KeyType type) {
        if (keys.size() > 1) {
            proposal.removeLine(word + " " + keys.get(0).ref());
        } else {
            proposal.addLine(word + " " + fresh(keys.get(0).name(), type));
        }
    }

    private String fresh(String name, KeyType type) {
        return TestKeys.key(name, type, "fresh " + counter).verifierKey().encode();
    }

    private static Optional<MemberLines> absent(FederationRoot root) {
        return Stream.of(0, 1, 2, 3, 4, 5, 6)
                .map(TestNetwork::member)
                .filter(lines -> root.member(lines.member().node()).isEmpty())
                .findFirst();
    }

    private static TreeHead head(int size) {
        return new TreeHead(size, Hash.sha256(new byte[] {(byte) size}));
    }

    /** Signed by all keys of both versions. */
    private SignedNote signed(FederationRoot before, FederationRoot root) {
        return SignedNote.of(
                root.text(),
                Stream.concat(before.rootKeys().stream(), root.rootKeys().stream())
                        .distinct()
                        .map(key -> rootKeys.get(key.ref()).signNote(root.text()))
                        .toList());
    }
}
