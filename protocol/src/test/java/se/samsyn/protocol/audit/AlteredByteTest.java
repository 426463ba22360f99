package se.samsyn.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.audit.VerificationReport.Verdict;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.RootChain;

/** Every byte of a small bundle matters, but for those that SPEC says are outside of what is signed. */
class AlteredByteTest {
    private static final String ROOT = "root.note";

    @Test
    void noByteOfTheRootOrALogOrADefinitionOrAViewCanBeChangedUnseen() {
        SmallNetwork network = new SmallNetwork(2);
        network.release(SmallNetwork.SKANE, "2024-Q1", 10);
        Map<String, byte[]> files = network.files();
        files.keySet().removeIf(path -> path.startsWith("policy"));
        assertThat(SmallNetwork.verify(files, network.told()).verdict()).isEqualTo(Verdict.VERIFIED);

        files.forEach((path, bytes) -> assertThat(unseen(network, files, path, 0, bytes.length))
                .as(path)
                .isEmpty());
    }

    @Test
    void ofAPolicyOnlyTheCommentIsOutsideOfWhatIsSigned() {
        SmallNetwork network = new SmallNetwork(2);
        Map<String, byte[]> files = network.files();
        for (String path : List.of("policy.txt", "policy/" + SmallNetwork.SKANE + ".txt")) {
            int comment = text(files, path).indexOf('\n');
            assertThat(text(files, path)).startsWith("# version 1 ");

            List<Integer> unseen = unseen(network, files, path, 0, files.get(path).length);

            assertThat(unseen).as(path).isNotEmpty().allMatch(at -> at > 0 && at < comment);
        }
    }

    @Test
    void ofASignatureBeyondTheQuorumOnlyTheNameAndTheKeyIdAreOutsideOfWhatIsSigned() {
        SmallNetwork network = new SmallNetwork(5); // three of the four others make a quorum
        Map<String, byte[]> files = network.files();
        String path = "log/" + SmallNetwork.SKANE + "/checkpoint";
        String note = new String(files.get(path), StandardCharsets.ISO_8859_1);
        int line = note.lastIndexOf('\n', note.length() - 2) + 1;
        int name = note.indexOf(' ', line) + 1;
        int blob = note.indexOf(' ', name) + 1;

        List<Integer> unseen = unseen(network, files, path, line, note.length());

        assertThat(unseen).isNotEmpty().allMatch(at -> at >= name && at < blob + 6); // the key ID is 32 bits of base64
    }

    /** The positions of a file at which a byte can be changed and the bundle still verifies. */
    private static List<Integer> unseen(
            SmallNetwork network, Map<String, byte[]> files, String path, int from, int to) {
        // every key of the root is prepared once and not for each byte
        RootChain chain = RootChain.begin(SignedNote.parse(files.get(ROOT)), network.told());
        return IntStream.range(from, to)
                .parallel()
                .filter(at -> {
                    Map<String, byte[]> changed = new TreeMap<>(files);
                    changed.put(path, SmallNetwork.altered(files.get(path), at));
                    BundleVerifier verifier =
                            new BundleVerifier(AuditBundle.ofFolder(changed), network.told(), SmallNetwork.NOW);
                    VerificationReport report =
                            path.equals(ROOT) ? verifier.verify() : verifier.verify(Optional.of(chain), new Findings());
                    return report.verdict() == Verdict.VERIFIED;
                })
                .boxed()
                .toList();
    }

    private static String text(Map<String, byte[]> files, String path) {
        return new String(files.get(path), StandardCharsets.UTF_8);
    }
}
