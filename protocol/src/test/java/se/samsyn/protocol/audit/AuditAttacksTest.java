package se.samsyn.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.Utf8;
import se.samsyn.protocol.audit.VerificationReport.Verdict;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.view.Basis;
import se.samsyn.protocol.view.LogBasis;

/** What an auditor refuses, and says of it; the numbers are those of the attacks that the specification lists. */
class AuditAttacksTest {
    private static final String SKANE = SmallNetwork.SKANE;
    private static final String HALLAND = SmallNetwork.HALLAND;

    private final SmallNetwork network = SmallNetwork.ordinary();

    @Test
    void attack26NoOtherLogsCheckpointStandsForALog() {
        Map<String, byte[]> files = network.files();
        files.put("log/" + SKANE + "/checkpoint", files.get("log/" + HALLAND + "/checkpoint"));

        assertRefuted(
                verify(files),
                "log/" + SKANE + "/checkpoint",
                CheckKind.CHECKPOINT,
                "checkpoint is of " + HALLAND + "/log, expected " + SKANE + "/log");
    }

    @Test
    void attack25NoEntryCanBeLeftOutOrPutIn() {
        Map<String, byte[]> files = network.files();
        SmallNetwork shorter = SmallNetwork.ordinary();
        shorter.entries.get(SKANE).remove(4);
        Map<String, byte[]> others = shorter.logFiles(SKANE);
        files.keySet().removeIf(path -> path.startsWith("log/" + SKANE + "/tile/"));
        others.forEach((path, bytes) -> {
            if (path.startsWith("tile/")) {
                files.put("log/" + SKANE + "/" + path, bytes);
            }
        });

        assertRefuted(
                verify(files), "log/" + SKANE + "/tile/entries/000.p/5", CheckKind.TREE, "its entries are not here");
    }

    @Test
    void attack27NoOtherEnvelopeThanTheOneIsRead() {
        network.appendEntry(SKANE, Utf8.encode("eyJhbGciOiJub25lIn0.e30."));

        assertRefuted(
                verify(network.filesWithoutView()),
                "log/" + SKANE + " entry 5",
                CheckKind.STATEMENTS,
                "JWS header is not exactly");
    }

    @Test
    void attack28NoBodyIsSwappedOrMissing() {
        Map<String, byte[]> files = network.files();
        String one = "log/" + SKANE + "/summary/" + network.bodyOf(SKANE, 1).toHex();
        String two = "log/" + SKANE + "/summary/" + network.bodyOf(SKANE, 2).toHex();
        byte[] first = files.put(one, files.get(two));
        assertRefuted(verify(files), one, CheckKind.BODIES, "SHA-256 of its bytes is " + network.bodyOf(SKANE, 2));

        files.remove(one);
        assertRefuted(verify(files), one, CheckKind.BODIES, "it is missing: entry 1 names it");

        files.put(one, first);
        assertThat(verify(files).verdict()).isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void aRetractedBodyThatIsStillThereIsAFault() {
        Hash retracted = network.bodyOf(SKANE, 3);
        byte[] body = new SmallNetwork(3).body(SKANE, "2024-Q2", 30);
        Map<String, byte[]> files = network.files();
        files.put("log/" + SKANE + "/summary/" + retracted.toHex(), body);

        assertRefuted(
                verify(files),
                "log/" + SKANE + "/summary/" + retracted.toHex(),
                CheckKind.BODIES,
                "retracted by entry 4, but still there");
    }

    @Test
    void attack29NoEntryOfOneMemberCountsInAnothersLog() {
        network.appendEntry(SKANE, network.entries.get(HALLAND).get(1));

        assertRefuted(
                verify(network.filesWithoutView()),
                "log/" + SKANE + " entry 5",
                CheckKind.STATEMENTS,
                "which is no publisher key of " + SKANE);
    }

    @Test
    void attack30AReplayedEntryIsAFault() {
        network.appendEntry(SKANE, network.entries.get(SKANE).get(1));

        assertRefuted(
                verify(network.filesWithoutView()),
                "log/" + SKANE + " entry 5",
                CheckKind.STATEMENTS,
                "is the same as entry 1");
    }

    @Test
    void attack30AnOldSummaryReleasedAgainCountsForNothing() {
        byte[] body = network.body(SKANE, "2024-Q1", 40);
        network.append(SKANE, network.statement(SKANE, "2024-Q1", body, Optional.empty()));
        Map<String, byte[]> files = network.files();

        assertThat(verify(files).verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(Utf8.decode(files.get(SmallNetwork.VIEW))).contains("the head");
    }

    @Test
    void attack30ASummaryCannotSupersedeWhatIsNotBeforeIt() {
        byte[] body = network.body(SKANE, "2024-Q3", 40);
        network.append(SKANE, network.statement(SKANE, "2024-Q3", body, Optional.of(Hash.sha256())));

        assertRefuted(
                verify(network.filesWithoutView()),
                "log/" + SKANE + " entry 5",
                CheckKind.STATEMENTS,
                "which is no earlier summary of this log");
    }

    @Test
    void attack34NoTileIsAlteredOrTooWideOrBesideItsPath() {
        Map<String, byte[]> files = network.files();
        String tile = "log/" + SKANE + "/tile/0/000.p/5";
        byte[] right = files.get(tile);

        files.put(tile, SmallNetwork.altered(right, 70));
        assertRefuted(verify(files), tile, CheckKind.TILES, "differs from the tile that the entries give");

        files.put(tile, right);
        files.put("log/" + SKANE + "/tile/0/000.p/6", Arrays.copyOf(right, 6 * 32));
        assertRefuted(verify(files), "tile/0/000.p/6", CheckKind.TILES, "beyond the checkpoint's size");

        files.remove("log/" + SKANE + "/tile/0/000.p/6");
        files.put("log/" + SKANE + "/tile/0/0", right);
        assertRefuted(verify(files), "tile/0/0", CheckKind.TILES, "is not the path of a tile");
    }

    @Test
    void attack36AViewThatOmitsANewerReleaseIsRefused() {
        Basis newest = network.basis(SmallNetwork.NOW);
        TreeHead before = new TreeHead(2, head(network, SKANE, 2));
        List<LogBasis> logs = newest.logs().stream()
                .map(log -> log.node().equals(SKANE) ? new LogBasis(SKANE, before, log.timeSeconds()) : log)
                .toList();
        Map<String, byte[]> files = network.filesWithoutView();
        files.put(SmallNetwork.VIEW, network.view(new Basis(1, newest.rootHash(), logs, newest.atSeconds())));

        assertRefuted(
                verify(files),
                SmallNetwork.VIEW,
                CheckKind.BASIS,
                "the log of " + SKANE + " is taken at size 2, root " + before.root());
    }

    @Test
    void attack36AViewThatOmitsAMemberIsRefused() {
        Basis newest = network.basis(SmallNetwork.NOW);
        List<LogBasis> logs = newest.logs().stream()
                .filter(log -> !log.node().equals(HALLAND))
                .toList();
        Map<String, byte[]> files = network.filesWithoutView();
        files.put(SmallNetwork.VIEW, network.view(new Basis(1, newest.rootHash(), logs, newest.atSeconds())));

        assertRefuted(verify(files), SmallNetwork.VIEW, CheckKind.BASIS, "it leaves out the log of " + HALLAND);
    }

    @Test
    void attack36ABundleThatOmitsAMembersLogIsRefused() {
        Map<String, byte[]> files = network.filesWithoutView();
        files.keySet().removeIf(path -> path.startsWith("log/" + HALLAND + "/"));

        assertRefuted(verify(files), "log/" + HALLAND, CheckKind.MEMBERS, "the log of this member is missing");
    }

    @Test
    void attack36ACheckpointWithoutAQuorumIsRefused() {
        network.absent.put(SKANE, Set.of(HALLAND));

        assertRefuted(
                verify(network.files()),
                "log/" + SKANE + "/checkpoint",
                CheckKind.QUORUM,
                "has 1 votes, expected 2 of 2");
    }

    @Test
    void aViewMustSayTheTimeThatTheCosignaturesGive() {
        Basis newest = network.basis(SmallNetwork.NOW);
        List<LogBasis> logs = newest.logs().stream()
                .map(log -> new LogBasis(log.node(), log.head(), log.timeSeconds() + 60))
                .toList();
        Map<String, byte[]> files = network.filesWithoutView();
        files.put(SmallNetwork.VIEW, network.view(new Basis(1, newest.rootHash(), logs, newest.atSeconds())));

        assertRefuted(verify(files), SmallNetwork.VIEW, CheckKind.BASIS, "its checkpoint here gives");
    }

    @Test
    void aViewOfTheFutureIsRefused() {
        Map<String, byte[]> files = network.filesWithoutView();
        files.put(SmallNetwork.VIEW, network.view(network.basis(SmallNetwork.NOW + 86_400)));

        assertRefuted(verify(files), SmallNetwork.VIEW, CheckKind.BASIS, "ahead of the auditor's clock");
    }

    @Test
    void aFigureThatTheLogsDoNotGiveIsRefused() {
        Map<String, byte[]> files = network.files();
        String view = Utf8.decode(files.get(SmallNetwork.VIEW));
        files.put(SmallNetwork.VIEW, Utf8.encode(view.replaceFirst("\"atLeast\":27\\}", "\"atLeast\":28}")));

        assertRefuted(verify(files), SmallNetwork.VIEW, CheckKind.VIEW, "differs from what the logs give");
    }

    @Test
    void aRetractionOfAnothersBodyIsAFault() {
        Hash leaf = network.release(SKANE, "2024-Q4", 12);
        network.append(SKANE, new Retraction(SKANE, 1, network.bodyOf(SKANE, 1), leaf));

        assertRefuted(
                verify(network.filesWithoutView()),
                "log/" + SKANE + " entry 6",
                CheckKind.STATEMENTS,
                "but the summary that it supersedes has body");
    }

    private VerificationReport verify(Map<String, byte[]> files) {
        return SmallNetwork.verify(files, network.told());
    }

    static void assertRefuted(VerificationReport report, String where, CheckKind kind, String reason) {
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.REFUTED);
        assertThat(report.withResult(Check.Result.REFUTED)).as(report.text()).anySatisfy(check -> {
            assertThat(check.where()).endsWith(where);
            assertThat(check.kind()).isEqualTo(kind);
            assertThat(check.detail()).contains(reason);
        });
    }

    static Hash head(SmallNetwork network, String node, int size) {
        SmallNetwork shorter = new SmallNetwork(3);
        shorter.entries.put(node, network.entries.get(node).subList(0, size));
        return shorter.head(node).root();
    }
}
